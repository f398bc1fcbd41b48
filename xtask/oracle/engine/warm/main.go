// Command warm says how long Helm 4.3.1 takes to render a chart that it has loaded: `cargo xtask
// bench` puts the answer beside ours. `warm ROUNDS MILLISECONDS CHART [VALUES FILE]` renders as often
// and as long as that at least, and prints the median of one render in microseconds: values put together, templates executed, manifests
// sorted and written into one text, as renderResources does it (pkg/action/action.go). That is what
// one render of ours is.
package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	rounds, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	milliseconds, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	chart, err := loader.Load(args[2])
	if err != nil {
		return err
	}
	given := map[string]any{}
	if len(args) > 3 {
		values, err := common.ReadValuesFile(args[3])
		if err != nil {
			return err
		}
		given = values
	}
	// It changes the chart, so it can be done but once.
	if err := chartutil.ProcessDependencies(chart, given); err != nil {
		return err
	}
	var times []time.Duration
	end := time.Now().Add(time.Duration(milliseconds) * time.Millisecond)
	for len(times) < rounds || time.Now().Before(end) {
		started := time.Now()
		release := common.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
		values, err := util.ToRenderValues(chart, given, release, common.DefaultCapabilities)
		if err != nil {
			return err
		}
		files, err := engine.Engine{}.Render(chart, values)
		if err != nil {
			return err
		}
		if err := write(files, io.Discard); err != nil {
			return err
		}
		times = append(times, time.Since(started))
	}
	slices.Sort(times)
	fmt.Println(times[len(times)/2].Microseconds())
	return nil
}

// write sorts what the templates printed and writes it as `helm template` does.
func write(files map[string]string, to io.Writer) error {
	for name := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(files, name)
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return err
	}
	text := bytes.NewBuffer(nil)
	for _, manifest := range manifests {
		fmt.Fprintf(text, "---\n# Source: %s\n%s\n", manifest.Name, manifest.Content)
	}
	for _, hook := range hooks {
		fmt.Fprintf(text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	_, err = text.WriteTo(to)
	return err
}
