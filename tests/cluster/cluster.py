"""What the tests of a real cluster have in common: requests, archives, the program, and what it left there."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path


class Cluster:
    """Three nodes that tests/cluster/start has started in the folder `work`, with HTTP on port+1 to port+3."""

    def __init__(self, work, port):
        self.work = Path(work)
        self.nodes = [f"http://127.0.0.1:{port + n}" for n in (1, 2, 3)]
        self.pids = [int(pid) for pid in (self.work / "pids").read_text().split()]

    def ask(self, method, path, body=None, node=0, timeout=60):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.nodes[node] + path, data, {"content-type": "application/json"})
        request.get_method = lambda: method
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return json.load(answer)

    def kill(self, node):
        """SIGKILL."""
        os.kill(self.pids[node], 9)

    def start(self, node):
        """The same node once more; it has its data."""
        process = subprocess.Popen([str(self.work / "node"), str(node + 1)])
        self.pids[node] = process.pid
        (self.work / "pids").write_text("".join(f"{pid}\n" for pid in self.pids))

    def wait_green(self, node=0, seconds=180):
        end = time.time() + seconds
        while time.time() < end:
            try:
                path = "/_cluster/health?wait_for_nodes=3&wait_for_status=green&timeout=5s"
                if self.ask("GET", path, node=node)["status"] == "green":
                    return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(1)
        sys.exit("the cluster is not green again")

    def delete(self, name):
        """All that was pushed under a name."""
        for index in self.ask("GET", f"/griot-{name}-*?allow_no_indices=true"):
            self.ask("DELETE", f"/{index}")

    def documents(self, alias):
        """All documents: their sources, and of the fields that are only searched what columns say."""
        found = {}
        body = {
            "size": 1000,
            "sort": ["_doc"],
            "docvalue_fields": ["check0", "check1", "bucket", "t_len", "b_len", "tie"],
        }
        answer = self.ask("POST", f"/{alias}/_search?scroll=5m", body)
        while answer["hits"]["hits"]:
            assert answer["_shards"]["failed"] == 0, answer["_shards"]
            for hit in answer["hits"]["hits"]:
                assert hit["_id"] not in found, "doubled: " + hit["_id"]
                found[hit["_id"]] = (hit["_source"], hit["fields"])
            body = {"scroll": "5m", "scroll_id": answer["_scroll_id"]}
            answer = self.ask("POST", "/_search/scroll", body)
        return found

    def count(self, alias):
        answer = self.ask("POST", f"/{alias}/_search", {"size": 0, "track_total_hits": True})
        assert answer["_shards"]["failed"] == 0, answer["_shards"]
        return answer["hits"]["total"]["value"]


PLACES = ["Gao", "Kidal", "Ménaka", "Tombouctou", "Ansongo", "Mopti", "Djibo", "Tillabéri", "Diffa", "Ségou"]
WORDS = (
    "des hommes armés ont attaqué le village hier soir selon une source sécuritaire plusieurs civils ont été tués "
    "la force régionale annonce une opération contre les groupes le gouverneur appelle au calme les habitants fuient "
    "vers la ville un convoi de vivres bloqué sur la route reprend sa marche un week-end sans électricité 1 500 "
    "déplacés attendent une aide du vice-président aujourd'hui"
).split()


class Archive:
    """A folder with articles of 0.7 kB in tables of a thousand, and its index."""

    def __init__(self, griot, articles, folder=None, seed=1):
        self.griot = griot
        self.folder = Path(folder or tempfile.mkdtemp(prefix="griot-cluster-"))
        self.corpus = self.folder / "corpus"
        self.corpus.mkdir(exist_ok=True)
        self.seed = seed
        for part in range(0, articles, 1000):
            self.write(part, min(1000, articles - part))

    def write(self, part, articles, changed=(), word="Rien."):
        lines = []
        for n in range(part, part + articles):
            chosen = random.Random(self.seed * 1_000_003 + n)
            text = " ".join(chosen.choice(WORDS) for _ in range(100))
            place = chosen.choice(PLACES)
            text = f"Une attaque a visé {place} le {1 + n % 28} mars 2024. {text}. Dépêche numéro {n}."
            if n in changed:
                text += " " + word
            article = {"id": f"n{n}", "title": f"Attaque près de {place}", "text": text, "date": f"2024-{1 + n % 12:02}"}
            lines.append(json.dumps(article, ensure_ascii=False))
        (self.corpus / f"part-{part:08}.jsonl").write_text("\n".join(lines) + "\n")

    def run(self, *args, code=0, env=None):
        command = [self.griot, *args]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, env=clean(env))
        if code is not None and done.returncode != code:
            sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done

    def index(self):
        return self.run("index", "corpus", "--quiet")

    def push(self, to, name, *args, code=0, env=None):
        more = ["--index", "corpus/.griot", "--to", to, "--name", name, "--format", "json"]
        done = self.run("push", *more, *args, code=code, env=env)
        return json.loads(done.stdout) if done.stdout.startswith('{"version"') and '"cluster"' in done.stdout else done

    def begin(self, to, name, *args):
        command = [self.griot, "push", "--index", "corpus/.griot", "--to", to, "--name", name, *args]
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=clean(None))


def clean(env):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GRIOT_")}
    return {**kept, "LC_ALL": "C", **(env or {})}


def check(what, wanted, found):
    if wanted != found:
        sys.exit(f"{what}: {found!r}, not {wanted!r}")


def step(text):
    print(f"== {text}", flush=True)
