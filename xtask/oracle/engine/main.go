// Command engine answers what Helm 4.3.1's engine makes of templates: `cargo xtask differential`
// asks it. Each line on standard input is a JSON object with `template` and `values`; each line on
// standard output is one with `text`, or with `error`. With the arguments `names GOROOT` it lists the
// functions that templates may call.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/engine"
	"sigs.k8s.io/yaml"
)

type question struct {
	Template string          `json:"template"`
	Values   json.RawMessage `json:"values"`
}

type answer struct {
	Text  *string `json:"text,omitempty"`
	Error string  `json:"error,omitempty"`
}

// patience is how long one template may take: what needs longer is left out.
const patience = 2 * time.Second

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	if len(os.Args) == 3 && os.Args[1] == "names" {
		found, err := names(os.Args[2])
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		for _, name := range found {
			fmt.Println(name)
		}
		return
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		var asked question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		said := make(chan answer, 1)
		go func() { said <- render(asked) }()
		var given answer
		select {
		case given = <-said:
		case <-time.After(patience):
			given = answer{Error: "timeout"}
		}
		line, err := json.Marshal(given)
		if err != nil {
			line = []byte(`{"error":"not UTF-8"}`)
		}
		out.Write(line)
		out.WriteByte('\n')
		// Whoever asks waits for all the answers to a batch.
		out.Flush()
	}
}

func render(asked question) (given answer) {
	defer func() {
		if panicked := recover(); panicked != nil {
			given = answer{Error: fmt.Sprint("panic: ", panicked)}
		}
	}()
	// As Helm reads a values file.
	values := map[string]any{}
	if err := yaml.Unmarshal(asked.Values, &values); err != nil {
		return answer{Error: "values: " + err.Error()}
	}
	loaded := &chart.Chart{
		Metadata:  &chart.Metadata{APIVersion: "v2", Name: "case", Version: "1.2.3", AppVersion: "4.5"},
		Templates: []*common.File{{Name: "templates/case.yaml", Data: []byte(asked.Template)}},
		Values:    values,
		// As in `xtask/src/differential.rs`.
		Files: []*common.File{
			{Name: "config/a.txt", Data: []byte("one\ntwo\n")},
			{Name: "config/b.yaml", Data: []byte("k: v\n")},
			{Name: "c.bin", Data: []byte("\x01\x02ä")},
		},
	}
	options := common.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
	tree, err := util.ToRenderValues(loaded, map[string]any{}, options, common.DefaultCapabilities.Copy())
	if err != nil {
		return answer{Error: err.Error()}
	}
	rendered, err := engine.Render(loaded, tree)
	if err != nil {
		return answer{Error: err.Error()}
	}
	text := rendered["case/templates/case.yaml"]
	given.Text = &text
	return given
}
