// Command server runs a real kube-apiserver, with etcd in the same process, on loopback: for tests.
//
// A folder is a cluster: a server that is started again on the same folder has the same port, certificates and objects.
// It runs until it gets SIGTERM or SIGINT, or until -for has passed. It prints nothing; what is ready says /readyz.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	dir := flag.String("dir", "", "folder of the cluster; must exist")
	lifetime := flag.Duration("for", time.Hour, "stop after this long")
	flag.Parse()
	port, err := prepare(*dir)
	if err != nil {
		log.Fatal(err)
	}
	etcd, err := startEtcd(filepath.Join(*dir, "etcd"))
	if err != nil {
		log.Fatal(err)
	}
	time.AfterFunc(*lifetime, func() { syscall.Kill(os.Getpid(), syscall.SIGTERM) })
	command := app.NewAPIServerCommand()
	command.SetArgs(arguments(*dir, etcd.Clients[0].Addr().String(), port))
	code := cli.Run(command)
	etcd.Close()
	os.Exit(code)
}

// prepare gives the port of the cluster, and makes its files when it is new.
func prepare(dir string) (int, error) {
	path := filepath.Join(dir, "port")
	if text, err := os.ReadFile(path); err == nil {
		return strconv.Atoi(strings.TrimSpace(string(text)))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	if err := writeFiles(dir, port); err != nil {
		return 0, err
	}
	return port, os.WriteFile(path, []byte(strconv.Itoa(port)), 0o600)
}

// startEtcd serves one member on a loopback port of its own choice. Test data need not survive a power cut.
func startEtcd(dir string) (*embed.Etcd, error) {
	anyPort := []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	config := embed.NewConfig()
	config.Dir = dir
	config.LogLevel = "fatal"
	config.UnsafeNoFsync = true
	config.ListenClientUrls, config.AdvertiseClientUrls = anyPort, anyPort
	config.ListenPeerUrls, config.AdvertisePeerUrls = anyPort, anyPort
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, nil
	case err := <-etcd.Err():
		return nil, err
	case <-time.After(time.Minute):
		etcd.Close()
		return nil, fmt.Errorf("etcd is not ready after a minute")
	}
}

func arguments(dir, etcd string, port int) []string {
	file := func(name string) string { return filepath.Join(dir, name) }
	return []string{
		"--etcd-servers=http://" + etcd,
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		"--endpoint-reconciler-type=none", // a loopback address is no valid endpoint
		fmt.Sprintf("--secure-port=%d", port),
		"--tls-cert-file=" + file("server.crt"),
		"--tls-private-key-file=" + file("server.key"),
		"--client-ca-file=" + file("ca.crt"),
		"--service-cluster-ip-range=10.0.0.0/24",
		"--service-account-issuer=https://127.0.0.1",
		"--service-account-key-file=" + file("accounts.key"),
		"--service-account-signing-key-file=" + file("accounts.key"),
		"--authorization-mode=RBAC",
		"--disable-admission-plugins=ServiceAccount", // no controller makes the default accounts
		"--watch-cache=true",
		"--anonymous-auth=false",
		"--profiling=false",
		"--shutdown-delay-duration=0s",
	}
}
