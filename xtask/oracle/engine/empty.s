// Go wants to see assembly beside a function without a body: names.go has one.
