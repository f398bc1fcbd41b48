// Command yaml records what sigs.k8s.io/yaml v1.6.0 and go-yaml v3.0.5, the libraries that Helm
// 4.3.1 links, make of the cases in values/tests/cases. It is run by `cargo xtask golden`:
//
//	go run . [-cases DIR]                     re-record the committed cases
//	go run . -stream parse|print|pretty|…    answer length-prefixed cases on standard input
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	goyaml "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

func main() {
	cases := flag.String("cases", "../../../values/tests/cases", "folder of yaml-parse, yaml-print and go-text")
	stream := flag.String("stream", "", "parse, print, pretty, floats or texts: answer cases on standard input")
	flag.Parse()
	if *stream != "" {
		serve(*stream)
		return
	}
	record(filepath.Join(*cases, "yaml-parse", "*.yaml"), ".json", parse)
	record(filepath.Join(*cases, "yaml-print", "*.json"), ".yaml", print)
	record(filepath.Join(*cases, "yaml-print", "*.json"), ".pretty.yaml", pretty)
	record(filepath.Join(*cases, "go-text", "floats.txt"), ".expected", floats)
	record(filepath.Join(*cases, "go-text", "strings.json"), ".expected", texts)
}

func record(pattern, extension string, answer func([]byte) string) {
	inputs, err := filepath.Glob(pattern)
	must(err)
	for _, path := range inputs {
		input, err := os.ReadFile(path)
		must(err)
		target := strings.TrimSuffix(path, filepath.Ext(path)) + extension
		must(os.WriteFile(target, []byte(answer(input)), 0o644))
	}
	fmt.Println(pattern, len(inputs))
}

// parse answers with the tree as JSON whose numbers tell -0 and every digit apart, then with what
// Unmarshal into map[string]any says if it differs; or with "error: " and the error.
func parse(input []byte) string {
	var value any
	if err := yaml.Unmarshal(input, &value); err != nil {
		return "error: " + err.Error() + "\n"
	}
	var out strings.Builder
	write(&out, value)
	out.WriteByte('\n')
	var table map[string]any
	if err := yaml.Unmarshal(input, &table); err != nil {
		out.WriteString("map: " + err.Error() + "\n")
	}
	return out.String()
}

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
				out.WriteByte(',')
			}
			text, _ := json.Marshal(key)
			out.Write(text)
			out.WriteByte(':')
			write(out, value[key])
		}
		out.WriteByte('}')
	case []any:
		out.WriteByte('[')
		for i, item := range value {
			if i > 0 {
				out.WriteByte(',')
			}
			write(out, item)
		}
		out.WriteByte(']')
	default:
		text, _ := json.Marshal(value)
		out.Write(text)
	}
}

// print answers with what Marshal makes of the JSON value; a number without a fraction mark or an
// exponent is an int64.
func print(input []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.UseNumber()
	var value any
	must(decoder.Decode(&value))
	out, err := yaml.Marshal(numbers(value))
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	return string(out)
}

// pretty answers as Helm's toYamlPretty does.
func pretty(input []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.UseNumber()
	var value any
	must(decoder.Decode(&value))
	var out bytes.Buffer
	encoder := goyaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(numbers(value)); err != nil {
		return ""
	}
	return out.String()
}

func numbers(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, item := range value {
			value[key] = numbers(item)
		}
	case []any:
		for i, item := range value {
			value[i] = numbers(item)
		}
	case json.Number:
		if !strings.ContainsAny(value.String(), ".eE") {
			if integer, err := value.Int64(); err == nil {
				return integer
			}
		}
		float, err := value.Float64()
		must(err)
		return float
	}
	return value
}

// floats answers each number with %v, encoding/json and the digits of a 32-bit float.
func floats(input []byte) string {
	var out strings.Builder
	for _, line := range strings.Fields(string(input)) {
		float, err := strconv.ParseFloat(line, 64)
		must(err)
		text := "error"
		if !math.IsNaN(float) && !math.IsInf(float, 0) {
			encoded, err := json.Marshal(float)
			must(err)
			text = string(encoded)
		}
		fmt.Fprintf(&out, "%v %s %s\n", float, text, strconv.FormatFloat(float, 'g', -1, 32))
	}
	return out.String()
}

// texts answers each string with %q and encoding/json's text, with and without HTML escaping.
func texts(input []byte) string {
	var list []string
	must(json.Unmarshal(input, &list))
	var out strings.Builder
	for _, text := range list {
		escaped, err := json.Marshal(text)
		must(err)
		var raw bytes.Buffer
		encoder := json.NewEncoder(&raw)
		encoder.SetEscapeHTML(false)
		must(encoder.Encode(text))
		fmt.Fprintf(&out, "%q\n%s\n%s", text, escaped, raw.String())
	}
	return out.String()
}

// serve answers cases framed by a 4-byte length, for long random comparisons.
func serve(kind string) {
	answer := map[string]func([]byte) string{"parse": parse, "print": print, "pretty": pretty, "floats": floats, "texts": texts}[kind]
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriter(os.Stdout)
	for {
		var length uint32
		if err := binary.Read(in, binary.BigEndian, &length); err == io.EOF {
			break
		} else {
			must(err)
		}
		input := make([]byte, length)
		_, err := io.ReadFull(in, input)
		must(err)
		text := guarded(answer, input)
		must(binary.Write(out, binary.BigEndian, uint32(len(text))))
		_, err = out.WriteString(text)
		must(err)
	}
	must(out.Flush())
}

func guarded(answer func([]byte) string, input []byte) (text string) {
	defer func() {
		if problem := recover(); problem != nil {
			text = fmt.Sprint("panic: ", problem, "\n")
		}
	}()
	return answer(input)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
