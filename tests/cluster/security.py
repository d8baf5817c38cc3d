#!/usr/bin/env python3
"""TLS, passwords and keys, by way of a real nginx before a real node: tests/cluster/security.py GRIOT WORK PORT

OpenSearch's own Security plugin is not published as an artifact that a test could fetch: this is what can be tested of
the way that an administrator with a proxy goes, and of what griot does with certificates.
"""

import base64
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cluster import Archive, Cluster, check, step

PASSWORD = "un mot de passe très secret"
KEY = "bGEtY2xlLXNlY3JldGU6MTIz"


def main():
    griot, work, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    cluster = Cluster(work, port)
    cluster.delete("secure")
    archive = Archive(griot, 30)
    archive.index()
    folder = Path(tempfile.mkdtemp(prefix="griot-tls-"))
    certificates(folder)
    tls = port + 51
    configure(folder, cluster, tls)
    nginx = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        wait(nginx, folder, tls)
        run(archive, cluster, folder, tls)
    finally:
        nginx.send_signal(signal.SIGQUIT)
        nginx.wait()
    print("all of it went well")


def run(archive, cluster, folder, tls):
    ca = str(folder / "ca.pem")
    good = f"https://localhost:{tls}"
    user = {"GRIOT_OPENSEARCH_USER": "griot", "GRIOT_OPENSEARCH_PASSWORD": PASSWORD}

    def fails(what, to, words, env, certificate=ca):
        step(what)
        more = ["--ca", certificate] if certificate else []
        started = time.time()
        done = archive.push(to, "secure", *more, "-v", env=env, code=7)
        said = done.stdout + done.stderr
        if words not in said:
            sys.exit(f"“{words}” is not in: {said}")
        # What another attempt won't change is not tried again.
        check("quick", True, time.time() - started < 20)
        hidden(said)

    fails("an authority that nobody trusts", good, "signed by nobody that is trusted", user, str(folder / "other-ca.pem"))
    fails("an authority that the system doesn't know", good, "signed by nobody that is trusted", user, None)
    fails("a certificate that has expired", f"https://localhost:{tls + 1}", "has expired", user)
    fails("a certificate for another name", f"https://127.0.0.1:{tls}", "is for another name", user)
    fails("a port without TLS", f"https://localhost:{tls + 2}", "doesn't answer in TLS", user)
    wrong = {**user, "GRIOT_OPENSEARCH_PASSWORD": "another"}
    fails("a wrong password", good, "doesn't know the user, the password or the key", wrong)
    fails("nobody", good, "doesn't know the user, the password or the key", {})
    fails("a redirect to plain HTTP", f"https://localhost:{tls + 3}", "redirect (status 301)", user)

    step("plain HTTP to another machine")
    done = archive.push("http://search-1.example:9200", "secure", env=user, code=2)
    check("refused", True, "is not encrypted" in done.stderr)
    step("a password in the address")
    done = archive.push(f"https://griot:hunter2@localhost:{tls}", "secure", code=2)
    check("not repeated", False, "hunter2" in done.stdout + done.stderr)

    step("a user with a password")
    report = archive.push(good, "secure", "--ca", ca, "--replicas", "1", env=user)
    check("sent", 30, report["sent"])
    step("a key, from a file")
    (folder / "key").write_text(KEY + "\n")
    report = archive.push(f"https://localhost:{tls + 4}", "secure", "--ca", ca, env={"GRIOT_OPENSEARCH_API_KEY_FILE": str(folder / "key")})
    check("sent", 0, report["sent"])

    step("no secret lies anywhere")
    for document in cluster.documents("griot-secure").values():
        hidden(str(document))
    for index in ("griot-secure", "griot-secure-control"):
        hidden(str(cluster.ask("GET", f"/{index}")))
        hidden(str(cluster.ask("GET", f"/{index}/_search")))
    for file in archive.corpus.joinpath(".griot").rglob("*"):
        if file.is_file():
            check(f"a secret in {file}", False, PASSWORD.encode() in file.read_bytes())
    cluster.delete("secure")


def hidden(text):
    both = base64.b64encode(f"griot:{PASSWORD}".encode()).decode()
    for secret in (PASSWORD, KEY, both):
        check("a secret in " + text, False, secret in text)


def certificates(folder):
    def openssl(*args):
        subprocess.run(["openssl", *args], check=True, capture_output=True, cwd=folder)

    for ca in ("ca", "other-ca"):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{ca}.key", "-out", f"{ca}.pem", "-days", "30", "-subj", f"/CN={ca}")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    for name in ("good", "expired"):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", "/CN=localhost")
    sign = ["x509", "-req", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"]
    openssl(*sign, "-in", "good.csr", "-out", "good.pem", "-days", "20")
    # openssl x509 takes no past dates before version 3.4: `ca` does.
    (folder / "index").write_text("")
    (folder / "serial").write_text("77\n")
    (folder / "ca.conf").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ncertificate=ca.pem\nprivate_key=ca.key\n"
        "default_md=sha256\npolicy=p\nrand_serial=no\n[p]\ncommonName=supplied\n"
    )
    openssl(
        "ca", "-batch", "-config", "ca.conf", "-in", "expired.csr", "-out", "expired.pem", "-notext",
        "-extfile", "names", "-startdate", "20200101000000Z", "-enddate", "20210101000000Z",
    )


def configure(folder, cluster, tls):
    hashed = subprocess.run(["openssl", "passwd", "-apr1", PASSWORD], check=True, capture_output=True, text=True)
    (folder / "users").write_text("griot:" + hashed.stdout)
    os.chmod(folder, 0o755)
    for file in folder.iterdir():
        os.chmod(file, 0o644)

    def server(port, certificate, inside):
        return (
            f"server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/{certificate}.pem; "
            f"ssl_certificate_key {folder}/{certificate}.key; client_max_body_size 100m; {inside} }}\n"
        )

    proxy = f"location / {{ proxy_pass {cluster.nodes[0]}; proxy_set_header Authorization \"\"; }}"
    basic = f"auth_basic griot; auth_basic_user_file {folder}/users; {proxy}"
    key = f'if ($http_authorization != "ApiKey {KEY}") {{ return 401; }} {proxy}'
    # Started by root, its workers would be somebody whom the folders above may keep out.
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\nhttp {{ access_log off;\n"
        f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        + server(tls, "good", basic)
        + server(tls + 1, "expired", basic)
        + f"server {{ listen 127.0.0.1:{tls + 2}; {basic} }}\n"
        + server(tls + 3, "good", f"return 301 http://localhost:{tls + 2}$request_uri;")
        + server(tls + 4, "good", key)
        + "}\n"
    )


def wait(nginx, folder, tls):
    import socket

    for _ in range(100):
        if nginx.poll() is not None:
            sys.exit("nginx has ended: " + (folder / "error.log").read_text())
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", tls)) == 0:
                return
        time.sleep(0.1)
    sys.exit("nginx doesn't listen")


main()
