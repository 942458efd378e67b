package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// authority signs what one server needs. It is kept beside its data, so that a server that comes back has the same.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	serial      int64
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "test cluster"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		KeyUsage:              x509.KeyUsageCertSign,
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return &authority{certificate, key, 1}, err
}

// issue makes a certificate for a server on loopback, or for a user and its group.
func (a *authority) issue(subject pkix.Name, usage x509.ExtKeyUsage) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	a.serial++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(a.serial),
		Subject:      subject,
		NotBefore:    a.certificate.NotBefore,
		NotAfter:     a.certificate.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{usage},
	}
	if usage == x509.ExtKeyUsageServerAuth {
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, private.Public(), a.key)
	if err != nil {
		return nil, nil, err
	}
	encoded, err := x509.MarshalECPrivateKey(private)
	return pemOf("CERTIFICATE", der), pemOf("EC PRIVATE KEY", encoded), err
}

func pemOf(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// writeFiles puts what kube-apiserver reads, and the kubeconfig of an admin, into a folder.
func writeFiles(dir string, port int) error {
	a, err := newAuthority()
	if err != nil {
		return err
	}
	serverCert, serverKey, err := a.issue(pkix.Name{CommonName: "kube-apiserver"}, x509.ExtKeyUsageServerAuth)
	if err != nil {
		return err
	}
	admin := pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}}
	adminCert, adminKey, err := a.issue(admin, x509.ExtKeyUsageClientAuth)
	if err != nil {
		return err
	}
	_, accountKey, err := a.issue(pkix.Name{CommonName: "service accounts"}, x509.ExtKeyUsageAny)
	if err != nil {
		return err
	}
	ca := pemOf("CERTIFICATE", a.certificate.Raw)
	files := map[string][]byte{
		"ca.crt": ca, "server.crt": serverCert, "server.key": serverKey, "accounts.key": accountKey,
		"kubeconfig": []byte(kubeconfig(port, ca, adminCert, adminKey)),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func kubeconfig(port int, ca, cert, key []byte) string {
	text := base64.StdEncoding.EncodeToString
	return fmt.Sprintf(`apiVersion: v1
kind: Config
current-context: test
contexts: [{ name: test, context: { cluster: test, user: admin } }]
clusters:
- name: test
  cluster: { server: "https://127.0.0.1:%d", certificate-authority-data: %s }
users:
- name: admin
  user: { client-certificate-data: %s, client-key-data: %s }
`, port, text(ca), text(cert), text(key))
}
