// Flagger as its own command puts it together, but for the server that shows its metrics: that one listens on every
// address of the machine.
package main

import (
	"context"
	"flag"
	"io"
	"os"
	"time"

	"go.uber.org/zap"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	knative "knative.dev/serving/pkg/client/clientset/versioned"

	"github.com/fluxcd/flagger/pkg/canary"
	clientset "github.com/fluxcd/flagger/pkg/client/clientset/versioned"
	informers "github.com/fluxcd/flagger/pkg/client/informers/externalversions"
	"github.com/fluxcd/flagger/pkg/controller"
	"github.com/fluxcd/flagger/pkg/logger"
	"github.com/fluxcd/flagger/pkg/metrics/observers"
	"github.com/fluxcd/flagger/pkg/notifier"
	"github.com/fluxcd/flagger/pkg/router"
	"github.com/fluxcd/flagger/pkg/version"
)

var (
	kubeconfig    = flag.String("kubeconfig", "", "Path of the kubeconfig.")
	meshProvider  = flag.String("mesh-provider", "istio", "Provider of a Canary that names none.")
	metricsServer = flag.String("metrics-server", "", "Address of Prometheus.")
	loop          = flag.Duration("control-loop-interval", 10*time.Second, "Time between two looks at the canaries.")
)

// What Flagger's own flags have by default.
var (
	selectorLabels = []string{"app", "name", "app.kubernetes.io/name"}
	labelPrefixes  = []string{""}
)

func main() {
	flag.Parse()
	go endWithStarter()
	log, err := logger.NewLoggerWithEncoding("debug", "json")
	if err != nil {
		panic(err)
	}
	if err := run(log); err != nil {
		log.Fatal(err)
	}
}

func run(log *zap.SugaredLogger) error {
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 100, 250
	kube, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	flagger, err := clientset.NewForConfig(config)
	if err != nil {
		return err
	}
	serving, err := knative.NewForConfig(config)
	if err != nil {
		return err
	}
	metrics, err := observers.NewFactory(*metricsServer)
	if err != nil {
		return err
	}
	messages, err := notifier.NewFactory("", "", "", "", "").Notifier("slack")
	if err != nil {
		log.Infof("no notifications: %v", err)
	}
	tracker := &canary.ConfigTracker{Logger: log, KubeClient: kube, FlaggerClient: flagger}
	routers := router.NewFactory(config, kube, flagger, serving, "nginx.ingress.kubernetes.io", "", log, flagger, true)
	canaries := canary.NewFactory(kube, flagger, serving, tracker, selectorLabels, labelPrefixes, log)
	stop := context.Background().Done()
	return controller.NewController(
		kube, serving, flagger, startInformers(flagger, stop), *loop, log, messages, canaries, routers, metrics,
		*meshProvider, version.VERSION, "", "", false, config,
	).Run(2, stop)
}

func startInformers(flagger clientset.Interface, stop <-chan struct{}) controller.Informers {
	kinds := informers.NewSharedInformerFactory(flagger, 30*time.Second).Flagger().V1beta1()
	started := controller.Informers{
		CanaryInformer: kinds.Canaries(),
		MetricInformer: kinds.MetricTemplates(),
		AlertInformer:  kinds.AlertProviders(),
	}
	for _, informer := range []cache.SharedIndexInformer{
		started.CanaryInformer.Informer(), started.MetricInformer.Informer(), started.AlertInformer.Informer(),
	} {
		go informer.Run(stop)
		cache.WaitForNamedCacheSync("flagger", stop, informer.HasSynced)
	}
	return started
}

// Standard input is a pipe that closes when the process that started this one ends, however it ends.
func endWithStarter() {
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
