// The store below the Kubernetes API server, as etcd itself builds it.
package main

import (
	"io"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	go endWithStarter()
	etcdmain.Main(os.Args)
}

// Standard input is a pipe that closes when the process that started this one ends, however it ends.
func endWithStarter() {
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
