// Command go-setters does to the files of a folder what Flux's image automation does: it reads policies as JSON (setter to
// value) and sets every scalar whose marker names one. What image-automation-controller keeps in internal packages
// (internal/update: filereader.go, filter.go, setters.go) is written out here; the libraries are those that it uses.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/fieldmeta"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const setterExtension = "x-k8s-cli"

func main() {
	fieldmeta.SetShortHandRef("$imagepolicy")
	values := map[string]string{}
	check(json.NewDecoder(os.Stdin).Decode(&values))
	settings := spec.Schema{SchemaProps: spec.SchemaProps{Definitions: map[string]spec.Schema{}}}
	for name, value := range values {
		schema := spec.StringProperty()
		schema.Extensions = map[string]interface{}{}
		schema.Extensions.Add(setterExtension, map[string]interface{}{
			"setter": map[string]string{"name": name, "value": value},
		})
		settings.Definitions[fieldmeta.SetterDefinitionPrefix+name] = *schema
	}
	root := os.Args[1]
	check(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if ext := filepath.Ext(path); ext != ".yaml" && ext != ".yml" && filepath.Base(path) != "Kustomization" {
			return nil
		}
		return update(root, path, &settings)
	}))
}

func update(root, path string, settings *spec.Schema) error {
	text, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(text, []byte(`"$imagepolicy"`)) {
		return err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil {
		return err
	}
	reader := kio.ByteReader{
		Reader:            bytes.NewBuffer(text),
		SetAnnotations:    map[string]string{kioutil.PathAnnotation: relative},
		PreserveSeqIndent: true,
	}
	nodes, err := reader.Read()
	if err != nil {
		return err
	}
	changed := false
	for _, node := range nodes {
		if err := visit(node, settings, &changed); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	return kio.LocalPackageWriter{PackagePath: root}.Write(nodes)
}

func visit(node *yaml.RNode, settings *spec.Schema, changed *bool) error {
	switch node.YNode().Kind {
	case yaml.MappingNode:
		return node.VisitFields(func(field *yaml.MapNode) error { return visit(field.Value, settings, changed) })
	case yaml.SequenceNode:
		return node.VisitElements(func(element *yaml.RNode) error { return visit(element, settings, changed) })
	case yaml.ScalarNode:
		return set(node, settings, changed)
	}
	return nil
}

func set(node *yaml.RNode, settings *spec.Schema, changed *bool) error {
	meta := fieldmeta.FieldMeta{SettersSchema: settings}
	if err := meta.Read(node); err != nil || meta.IsEmpty() {
		return nil
	}
	if meta.Schema.Ref.String() != "" {
		if schema, err := openapi.Resolve(&meta.Schema.Ref, settings); err == nil && schema != nil {
			meta.Schema = *schema
		}
	}
	extension := meta.Schema.VendorExtensible.Extensions[setterExtension]
	if extension == nil {
		return nil
	}
	var found struct {
		Setter struct{ Value string }
	}
	encoded, err := json.Marshal(extension)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(encoded, &found); err != nil {
		return err
	}
	*changed = *changed || node.YNode().Value != found.Setter.Value
	node.YNode().Value = found.Setter.Value
	yaml.FormatNonStringStyle(node.YNode(), meta.Schema)
	return nil
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
