// Calls a container of Fn's as the agent does (fnproject/fn, api/agent/agent.go): Go's HTTP client on the container's socket, one idle
// connection that is closed after a second, a deadline that is cut off to seconds, and the statuses after which the container is kept.
// Usage: agent SOCKET, where t.F::upper of .ci/clients/fn is served. Prints a line for each check that fails, and 'N passed, N failed'.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

var client http.Client
var passed, failed, calls int

func connect(socket string) {
	client = http.Client{Transport: &http.Transport{
		MaxIdleConns:        1,
		MaxIdleConnsPerHost: 1,
		IdleConnTimeout:     time.Second,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", socket)
		},
	}}
}

// call gives the status and the body; an error is what has the agent end the container.
func call(body io.Reader, limit time.Duration) (int, string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "POST", "http://localhost/call", body)
	if err != nil {
		return 0, "", err
	}
	calls++
	req.Header.Set("Fn-Call-Id", fmt.Sprintf("01HZ%022d", calls))
	deadline, _ := ctx.Deadline()
	req.Header.Set("Fn-Deadline", deadline.Format(time.RFC3339))
	req.Header.Set("Content-Type", "text/plain")
	resp, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(answer), err
}

func check(name string, body io.Reader, limit time.Duration, status int, answer string) {
	got, text, err := call(body, limit)
	if err == nil && got == status && text == answer {
		passed++
		return
	}
	failed++
	fmt.Printf("FAILED: %s: status %d, %d bytes, error %v\n", name, got, len(text), err)
}

// atPhase waits for a time within a second, so that the deadline loses more or less of itself.
func atPhase(phase time.Duration) {
	now := time.Duration(time.Now().Nanosecond())
	time.Sleep((phase - now + time.Second) % time.Second)
}

func main() {
	connect(os.Args[1])
	for i := 0; i < 200; i++ {
		text := strings.Repeat("x", i*100)
		check("one after the other", strings.NewReader(text), 30*time.Second, 200, strings.ToUpper(text))
	}
	big := strings.Repeat("y", 10<<20)
	check("10 MiB", bytes.NewReader([]byte(big)), 30*time.Second, 200, strings.ToUpper(big))
	// A body of a type that the client does not know has no length and is sent in chunks.
	check("10 MiB in chunks", io.MultiReader(strings.NewReader(big)), 30*time.Second, 200, strings.ToUpper(big))
	for i := 0; i < 3; i++ {
		time.Sleep(1100 * time.Millisecond)
		check("after the idle connection was closed", strings.NewReader("a"), 30*time.Second, 200, "A")
	}
	for _, millis := range []time.Duration{2, 100, 400, 700, 950} {
		atPhase(millis * time.Millisecond)
		check("a call well within its limit of a second", strings.NewReader("nap"), time.Second, 200, "NAP")
	}
	for _, millis := range []time.Duration{100, 400, 700, 950} {
		atPhase(millis * time.Millisecond)
		check("504 before the agent gives up", strings.NewReader("sleep"), 2*time.Second, 504, "")
		check("the next call", strings.NewReader("b"), 30*time.Second, 200, "B")
	}
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
