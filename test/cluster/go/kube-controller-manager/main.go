// The Kubernetes controller manager, as Kubernetes itself builds it.
package main

import (
	"io"
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	go endWithStarter()
	os.Exit(cli.Run(app.NewControllerManagerCommand()))
}

// Standard input is a pipe that closes when the process that started this one ends, however it ends.
func endWithStarter() {
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
