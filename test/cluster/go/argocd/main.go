// Argo CD's repo server and ApplicationSet controller are its own commands. The application controller is put together
// as its own command does, but for the server that shows its metrics: that one listens on every address of the machine.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	log "github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	applicationset "github.com/argoproj/argo-cd/v3/cmd/argocd-applicationset-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	commitserver "github.com/argoproj/argo-cd/v3/commitserver/apiclient"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/controller"
	"github.com/argoproj/argo-cd/v3/controller/sharding"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	applications "github.com/argoproj/argo-cd/v3/pkg/client/clientset/versioned"
	"github.com/argoproj/argo-cd/v3/pkg/ratelimiter"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	"github.com/argoproj/argo-cd/v3/util/cache/appstate"
	"github.com/argoproj/argo-cd/v3/util/cli"
	kubeutil "github.com/argoproj/argo-cd/v3/util/kube"
	"github.com/argoproj/argo-cd/v3/util/settings"
	"github.com/argoproj/argo-cd/v3/util/tls"
)

// What the flags of Argo CD's own command have by default.
const (
	repoServerSeconds   = 60
	statusProcessors    = 20
	operationProcessors = 10
	hydrationProcessors = 5
	kubectlAtOnce       = 20
)

var selfHealBackoff = wait.Backoff{Duration: 2 * time.Second, Factor: 3, Cap: 300 * time.Second}

func main() {
	go endWithStarter()
	commands := map[string]func() *cobra.Command{
		"application-controller":    applicationController,
		"applicationset-controller": applicationset.NewCommand,
		"repo-server":               reposerver.NewCommand,
	}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		log.Fatal("name a component of Argo CD")
	}
	command := commands[os.Args[1]]()
	command.SetArgs(os.Args[2:])
	if err := command.Execute(); err != nil {
		log.Fatal(err)
	}
}

func applicationController() *cobra.Command {
	command := cobra.Command{}
	client := cli.AddKubectlFlagsToCmd(&command)
	cache := appstate.AddCacheFlagsToCmd(&command)
	resync := command.Flags().Duration("app-resync", 2*time.Minute, "Time between two looks at every Application.")
	repoServer := command.Flags().String("repo-server", "", "Address of the repo server, which speaks without TLS.")
	metrics := command.Flags().String("metrics-address", "", "Address of the metrics.")
	command.RunE = func(*cobra.Command, []string) error {
		states, err := cache()
		if err != nil {
			return err
		}
		states.Cache.SetClient(cacheutil.NewTwoLevelClient(states.Cache.GetClient(), 10*time.Minute))
		ctx := context.Background()
		controlled, err := newController(ctx, client, states, *repoServer, *resync)
		if err != nil {
			return err
		}
		controlled.GetMetricsServer().Addr = *metrics
		controlled.Run(ctx, statusProcessors, operationProcessors, hydrationProcessors)
		return nil
	}
	return &command
}

func newController(
	ctx context.Context, client clientcmd.ClientConfig, states *appstate.Cache, repoServer string, resync time.Duration,
) (*controller.ApplicationController, error) {
	namespace, _, err := client.Namespace()
	if err != nil {
		return nil, err
	}
	config, err := client.ClientConfig()
	if err != nil {
		return nil, err
	}
	if err := v1alpha1.SetK8SConfigDefaults(config); err != nil {
		return nil, err
	}
	config.UserAgent = fmt.Sprintf("%s/%s", common.DefaultApplicationControllerName, common.GetVersion().Version)
	kube, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	known, err := applications.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	var controlled *controller.ApplicationController
	manager := settings.NewSettingsManager(ctx, kube, namespace, settings.WithRepoOrClusterChangedHandler(func() {
		controlled.InvalidateProjectsCache()
	}))
	shards, err := sharding.GetClusterSharding(kube, manager, common.DefaultShardingAlgorithm, false)
	if err != nil {
		return nil, err
	}
	repositories := apiclient.NewRepoServerClientset(repoServer, repoServerSeconds, tls.Configuration{DisableTLS: true})
	controlled, err = controller.NewApplicationController(
		namespace, manager, kube, known, repositories,
		commitserver.NewCommitServerClientset(common.DefaultCommitServerAddr),
		states, kubeutil.NewKubectl(), resync, 0, 0, 0, &selfHealBackoff, 0, 3*time.Minute,
		common.DefaultPortArgoCDMetrics, 0, nil, nil, nil, kubectlAtOnce, false, shards, nil,
		ratelimiter.GetDefaultAppRateLimiterConfig(), false, false, normalizers.IgnoreNormalizerOpts{},
		argo.DefaultEnableEventList(), false,
	)
	return controlled, err
}

// Standard input is a pipe that closes when the process that started this one ends, however it ends.
func endWithStarter() {
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
