// What .ci/clients/openfaas needs beside curl: free ports, and a stand-in for of-watchdog in its mode http where that cannot be had.
// The stand-in has the parts that the script looks at, over the same HTTP client with the same settings as the watchdog's: what is
// forwarded, time limits, SIGTERM, and what becomes of it when the function ends.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "watchdog" {
		watchdog()
		return
	}
	for i := 0; i < 2; i++ {
		free, err := net.Listen("tcp", "127.0.0.1:0")
		must(err)
		defer free.Close()
		fmt.Println(free.Addr().(*net.TCPAddr).Port)
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func duration(name string) time.Duration {
	value, err := time.ParseDuration(os.Getenv(name))
	if err != nil {
		return 30 * time.Second
	}
	return value
}

// Copies lines behind the date and the stream's name.
func copyLines(name string, from io.Reader, to io.Writer) {
	logger := log.New(to, "", log.LstdFlags)
	for lines := bufio.NewScanner(from); lines.Scan(); {
		logger.Printf("%s: %s", name, lines.Text())
	}
}

func fork() *exec.Cmd {
	words := strings.Split(os.Getenv("fprocess"), " ")
	function := exec.Command(words[0], words[1:]...)
	out, err := function.StdoutPipe()
	must(err)
	errors, err := function.StderrPipe()
	must(err)
	must(function.Start())
	go copyLines("stdout", out, os.Stdout)
	go copyLines("stderr", errors, os.Stderr)
	go func() {
		if err := function.Wait(); err != nil {
			log.Fatalf("the function has ended: %v", err)
		}
	}()
	return function
}

type forwarder struct {
	upstream *url.URL
	client   *http.Client
	stream   *httputil.ReverseProxy
	limit    time.Duration
	most     int64
	running  atomic.Int64
}

func (f *forwarder) timeout(r *http.Request) time.Duration {
	if asked, err := time.ParseDuration(r.Header.Get("X-Timeout")); err == nil && asked <= f.limit {
		return asked
	}
	return f.limit
}

func (f *forwarder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer f.running.Add(-1)
	if f.running.Add(1) > f.most && f.most > 0 {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	f.forward(w, r)
}

func (f *forwarder) forward(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		f.stream.ServeHTTP(w, r)
		return
	}
	begin := time.Now()
	ctx, cancel := context.WithTimeout(r.Context(), f.timeout(r))
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, r.Method, f.upstream.String()+r.RequestURI, r.Body)
	must(err)
	request.Header = r.Header.Clone()
	request.Host = r.Host
	answer, err := f.client.Do(request)
	w.Header().Set("X-Duration-Seconds", fmt.Sprintf("%f", time.Since(begin).Seconds()))
	if err != nil {
		w.Header().Set("X-OpenFaaS-Internal", "of-watchdog")
		if ctx.Err() != nil {
			w.WriteHeader(http.StatusGatewayTimeout)
		} else {
			w.WriteHeader(http.StatusInternalServerError)
		}
		return
	}
	defer answer.Body.Close()
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	io.Copy(w, answer.Body)
}

func watchdog() {
	upstream, err := url.Parse(os.Getenv("upstream_url"))
	must(err)
	function := fork()
	most, _ := strconv.ParseInt(os.Getenv("max_inflight"), 10, 64)
	all := &forwarder{
		upstream: upstream,
		limit:    duration("exec_timeout"),
		most:     most,
		stream:   httputil.NewSingleHostReverseProxy(upstream),
		client: &http.Client{
			Transport: &http.Transport{
				MaxIdleConns:          100,
				MaxIdleConnsPerHost:   100,
				IdleConnTimeout:       500 * time.Millisecond,
				ExpectContinueTimeout: 1500 * time.Millisecond,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	all.stream.FlushInterval = -1
	pages := http.NewServeMux()
	pages.Handle("/", all)
	pages.HandleFunc("/_/ready", func(w http.ResponseWriter, r *http.Request) {
		r.RequestURI = os.Getenv("ready_path")
		all.forward(w, r)
	})
	server := &http.Server{
		Addr:         "127.0.0.1:" + os.Getenv("port"),
		Handler:      pages,
		ReadTimeout:  30 * time.Second,
		WriteTimeout: duration("write_timeout"),
	}
	drained := make(chan struct{})
	go func() {
		told := make(chan os.Signal, 1)
		signal.Notify(told, syscall.SIGTERM)
		<-told
		function.Process.Signal(syscall.SIGTERM)
		time.Sleep(duration("healthcheck_interval"))
		ctx, cancel := context.WithTimeout(context.Background(), duration("write_timeout"))
		defer cancel()
		server.Shutdown(ctx)
		close(drained)
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-drained
}
