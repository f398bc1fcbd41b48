// Command strvals records what helm.sh/helm/v4/pkg/strvals, the parser behind --set and its
// sisters, makes of the texts in values/tests/cases/strvals. It is run by `cargo xtask golden`:
//
//	go run . [-cases FILE]
//
// A line of the file is `[flag, text laid before, text, tree, error]`; only the last two are
// recorded, and a line whose meaning is unchanged stays as it is written.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	"helm.sh/helm/v4/pkg/strvals"
)

func main() {
	cases := flag.String("cases", "../../../values/tests/cases/strvals/random.jsonl", "the file to record again")
	flag.Parse()
	input, err := os.ReadFile(*cases)
	must(err)
	var output strings.Builder
	lines, changed := strings.Split(strings.TrimSuffix(string(input), "\n"), "\n"), 0
	for number, line := range lines {
		recorded, err := record(line)
		if err != nil {
			must(fmt.Errorf("%s:%d: %w", *cases, number+1, err))
		}
		if recorded != line {
			changed++
		}
		output.WriteString(recorded + "\n")
	}
	if changed > 0 {
		must(os.WriteFile(*cases, []byte(output.String()), 0o644))
	}
	fmt.Println(*cases, len(lines))
}

// record answers with the line as it ought to be.
func record(line string) (string, error) {
	var old []any
	if err := json.Unmarshal([]byte(line), &old); err != nil {
		return "", err
	}
	if len(old) < 3 {
		return "", fmt.Errorf("want [flag, text laid before, text], got %s", line)
	}
	var texts [3]string
	for i := range texts {
		text, is := old[i].(string)
		if !is {
			return "", fmt.Errorf("entry %d is no text", i)
		}
		texts[i] = text
	}
	parse, known := map[string]func(string, map[string]any) error{
		"set":         strvals.ParseInto,
		"set-string":  strvals.ParseIntoString,
		"set-json":    strvals.ParseJSON,
		"set-literal": strvals.ParseLiteralInto,
	}[texts[0]]
	if !known {
		return "", fmt.Errorf("no such flag: %s", texts[0])
	}
	values := map[string]any{}
	if err := strvals.ParseInto(texts[1], values); err != nil {
		return "", err
	}
	problem := ""
	if err := parse(texts[2], values); err != nil {
		problem = err.Error()
		// Helm never prints these, and their words are those of one release of Go.
		if was := recordedError(old); texts[0] == "set-json" && was != "" {
			problem = was
		}
	}
	fresh := []any{texts[0], texts[1], texts[2], kinds(values), problem}
	if reflect.DeepEqual(old, fresh) {
		return line, nil
	}
	var out strings.Builder
	write(&out, fresh)
	return out.String(), nil
}

func recordedError(old []any) string {
	if len(old) < 5 {
		return ""
	}
	text, _ := old[4].(string)
	return text
}

// kinds answers with the tree, each scalar with a letter for its kind before it.
func kinds(value any) any {
	switch value := value.(type) {
	case map[string]any:
		table := make(map[string]any, len(value))
		for key, item := range value {
			table[key] = kinds(item)
		}
		return table
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			list[i] = kinds(item)
		}
		return list
	case nil:
		return "null"
	case bool:
		return fmt.Sprintf("b%v", value)
	case int64:
		return fmt.Sprintf("i%d", value)
	case float64:
		return "f" + text(value)
	case string:
		return "s" + value
	}
	return fmt.Sprintf("?%T", value)
}

// write prints JSON on one line with a space behind each comma and colon, keys sorted.
func write(out *strings.Builder, value any) {
	switch value := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(value))
		for key := range value {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		out.WriteByte('{')
		for i, key := range keys {
			if i > 0 {
				out.WriteString(", ")
			}
			out.WriteString(text(key) + ": ")
			write(out, value[key])
		}
		out.WriteByte('}')
	case []any:
		out.WriteByte('[')
		for i, item := range value {
			if i > 0 {
				out.WriteString(", ")
			}
			write(out, item)
		}
		out.WriteByte(']')
	default:
		out.WriteString(text(value))
	}
}

func text(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	must(encoder.Encode(value))
	return strings.TrimSuffix(out.String(), "\n")
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
