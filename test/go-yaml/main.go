// Command go-yaml reads YAML documents, one JSON string a line, and answers each with one JSON line:
// what Kubernetes reads from the document, and what Flux's image automation would write back.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/yaml"
)

type answer struct {
	Read         json.RawMessage `json:"read,omitempty"`
	ReadError    string          `json:"readError,omitempty"`
	Rewrite      string          `json:"rewrite,omitempty"`
	RewriteError string          `json:"rewriteError,omitempty"`
}

func main() {
	lines := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	decoder := json.NewDecoder(lines)
	for decoder.More() {
		var document string
		if err := decoder.Decode(&document); err != nil {
			fail(err)
		}
		if err := encoder.Encode(ask(document)); err != nil {
			fail(err)
		}
	}
}

func ask(document string) (reply answer) {
	if read, err := yaml.YAMLToJSONStrict([]byte(document)); err != nil {
		reply.ReadError = err.Error()
	} else {
		reply.Read = read
	}
	if text, err := rewrite(document); err != nil {
		reply.RewriteError = err.Error()
	} else {
		reply.Rewrite = text
	}
	return reply
}

// rewrite is what image-automation-controller does to a file: the reader of its filereader.go, the writer of
// kio.LocalPackageWriter, and no setter in between.
func rewrite(document string) (string, error) {
	reader := kio.ByteReader{
		Reader:            bytes.NewBufferString(document),
		SetAnnotations:    map[string]string{kioutil.PathAnnotation: "file.yaml"},
		PreserveSeqIndent: true,
	}
	nodes, err := reader.Read()
	if err != nil {
		return "", err
	}
	var text bytes.Buffer
	err = kio.ByteWriter{
		Writer:           &text,
		ClearAnnotations: []string{kioutil.PathAnnotation, kioutil.LegacyPathAnnotation},
	}.Write(nodes)
	return text.String(), err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
