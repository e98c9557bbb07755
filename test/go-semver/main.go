// Command go-semver reads image policies and tags, one JSON object a line, and answers each with the tag that Flux's
// image-reflector-controller would choose. The libraries are those that it uses; what it keeps in internal packages
// (internal/policy: semver.go, numerical.go, alphabetical.go, filter.go) is written out here.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strconv"

	"github.com/Masterminds/semver/v3"
	"github.com/fluxcd/pkg/version"
)

type question struct {
	Range        *string  `json:"range"`
	Numerical    string   `json:"numerical"`
	Alphabetical string   `json:"alphabetical"`
	Pattern      string   `json:"pattern"`
	Extract      string   `json:"extract"`
	Tags         []string `json:"tags"`
}

type answer struct {
	Tag     string   `json:"tag,omitempty"`
	Problem string   `json:"problem,omitempty"`
	Allowed []string `json:"allowed"`
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	for decoder.More() {
		var asked question
		if err := decoder.Decode(&asked); err != nil {
			fail(err)
		}
		if err := encoder.Encode(ask(asked)); err != nil {
			fail(err)
		}
	}
}

func ask(asked question) (reply answer) {
	reply.Allowed = []string{}
	original := map[string]string{}
	tags := asked.Tags
	if asked.Pattern != "" {
		pattern, err := regexp.Compile(asked.Pattern)
		if err != nil {
			return answer{Problem: err.Error(), Allowed: reply.Allowed}
		}
		tags = nil
		for _, tag := range asked.Tags {
			found := pattern.FindStringSubmatchIndex(tag)
			if len(found) == 0 {
				continue
			}
			text := tag
			if asked.Extract != "" {
				text = string(pattern.ExpandString(nil, asked.Extract, tag, found))
			}
			if _, known := original[text]; !known {
				tags = append(tags, text)
			}
			original[text] = tag
		}
	}
	if len(tags) == 0 {
		reply.Problem = "empty"
		return reply
	}
	tag, err := latest(asked, tags, &reply)
	if err != nil {
		reply.Problem = err.Error()
		return reply
	}
	reply.Tag = tag
	if asked.Pattern != "" {
		reply.Tag = original[tag]
	}
	return reply
}

func latest(asked question, tags []string, reply *answer) (string, error) {
	switch {
	case asked.Range != nil:
		return latestVersion(*asked.Range, tags, reply)
	case asked.Numerical != "":
		return latestNumber(asked.Numerical, tags)
	}
	sorted := sort.StringSlice(append([]string{}, tags...))
	if asked.Alphabetical == "desc" {
		sort.Sort(sorted)
	} else {
		sort.Sort(sort.Reverse(sorted))
	}
	return sorted[0], nil
}

func latestVersion(text string, tags []string, reply *answer) (string, error) {
	constraint, err := semver.NewConstraint(text)
	if err != nil {
		return "", err
	}
	var highest *semver.Version
	for _, tag := range tags {
		v, err := version.ParseVersion(tag)
		if err != nil || !constraint.Check(v) {
			continue
		}
		reply.Allowed = append(reply.Allowed, tag)
		if highest == nil || v.GreaterThan(highest) {
			highest = v
		}
	}
	if highest == nil {
		return "", fmt.Errorf("none")
	}
	return highest.Original(), nil
}

func latestNumber(order string, tags []string) (string, error) {
	var chosen string
	var number float64
	for i, tag := range tags {
		value, err := strconv.ParseFloat(tag, 64)
		if err != nil {
			return "", err
		}
		if i > 0 && ((order == "asc" && value < number) || (order == "desc" && value > number)) {
			continue
		}
		chosen, number = tag, value
	}
	return chosen, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
