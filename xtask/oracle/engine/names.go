package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"text/template"
	_ "unsafe" // for go:linkname

	"helm.sh/helm/v4/pkg/engine"
)

// initFunMap is what Helm's engine itself calls to tell a template its functions.
//
//go:linkname initFunMap helm.sh/helm/v4/pkg/engine.Engine.initFunMap
func initFunMap(e engine.Engine, ctx context.Context, t *template.Template)

// names gives all functions that a template of Helm's may call: those that the engine tells it, and
// those that Go has anyway, which only the source of text/template below goroot lists.
func names(goroot string) ([]string, error) {
	root := template.New("gotpl")
	initFunMap(engine.Engine{}, context.Background(), root)
	var found []string
	told := reflect.ValueOf(root).Elem().FieldByName("common").Elem().FieldByName("parseFuncs")
	for _, name := range told.MapKeys() {
		found = append(found, name.String())
	}
	file := filepath.Join(goroot, "src", "text", "template", "funcs.go")
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return nil, err
	}
	before := len(found)
	for _, declared := range parsed.Decls {
		function, ok := declared.(*ast.FuncDecl)
		if !ok || function.Name.Name != "builtins" {
			continue
		}
		ast.Inspect(function, func(node ast.Node) bool {
			if pair, ok := node.(*ast.KeyValueExpr); ok {
				if key, ok := pair.Key.(*ast.BasicLit); ok && key.Kind == token.STRING {
					if name, err := strconv.Unquote(key.Value); err == nil {
						found = append(found, name)
					}
				}
			}
			return true
		})
	}
	if len(found) == before {
		return nil, fmt.Errorf("%s lists no functions", file)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
