#!/usr/bin/env python3
"""`griot push` against three real nodes: tests/cluster/push.py GRIOT WORK PORT [ARTICLES [KILLS]]

Whole, again, after changes; a node killed in the middle; the program killed again and again; two at once; an index that
is read-only. Each ends with the documents that a push to an empty name gives.
"""

import random
import sys
import time
import urllib.error

from cluster import Archive, Cluster, check, step


def main():
    griot, work, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    articles = int(sys.argv[4]) if len(sys.argv) > 4 else 2000
    kills = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    cluster = Cluster(work, port)
    to = ",".join(cluster.nodes)
    archive = Archive(griot, articles)
    archive.index()
    for name in ("push", "fresh"):
        cluster.delete(name)

    step(f"{articles} articles, whole")
    started = time.time()
    report = archive.push(to, "push", "--shards", "3", "--replicas", "1")
    seconds = time.time() - started
    check("sent", articles, report["sent"])
    check("found", articles, cluster.count("griot-push"))
    size = cluster.ask("GET", "/griot-push/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    print(f"{articles / seconds:.0f} articles a second, {size / articles:.0f} bytes an article in the primaries")
    like_fresh(cluster, archive, to)

    step("again: no body")
    report = archive.push(to, "push")
    check("sent and deleted", (0, 0), (report["sent"], report["deleted"]))

    step("ten changed: ten bodies")
    archive.write(0, 1000, changed=range(7, 1000, 100))
    report = archive.push(to, "push")
    check("sent and changed", (10, 10), (report["sent"], report["changed"]))

    step("another number of copies, a new index beside the old one")
    report = archive.push(to, "push", "--replicas", "0")
    check("sent", 0, report["sent"])
    settings = cluster.ask("GET", "/griot-push/_settings")["griot-push-gen-1"]["settings"]["index"]
    check("copies", "0", settings["number_of_replicas"])
    report = archive.push(to, "push", "--rebuild", "--shards", "3", "--replicas", "1")
    check("sent", articles, report["sent"])
    found = set(cluster.ask("GET", "/griot-push-*"))
    check("indexes", {"griot-push-gen-2", "griot-push-control"}, found)

    step("some gone, some new")
    archive.write(0, 950, changed=range(7, 1000, 100))
    archive.write(articles, 25)
    report = archive.push(to, "push")
    check("sent and deleted", (25, 50), (report["sent"], report["deleted"]))
    like_fresh(cluster, archive, to)

    step("an index that takes nothing is told with its cure")
    cluster.ask("PUT", "/griot-push/_settings", {"index.blocks.read_only_allow_delete": True})
    archive.write(0, 950)
    done = archive.push(to, "push", code=7)
    for words in ("takes nothing", "read_only_allow_delete"):
        if words not in done.stderr:
            sys.exit(f"“{words}” is not in: {done.stderr}")
    cluster.ask("PUT", "/griot-push/_settings", {"index.blocks.read_only_allow_delete": None})
    archive.push(to, "push")

    step("two at once: one of them is told")
    archive.write(0, 1000, changed=range(1000), word="Encore.")
    archive.index()
    number = cluster.ask("GET", "/griot-push-control/_doc/writer")["_source"]["number"]
    first = archive.begin(to, "push", "--as-is", "--senders", "1")
    while cluster.ask("GET", "/griot-push-control/_doc/writer")["_source"]["number"] == number:
        check("the first ended early", None, first.poll())
        time.sleep(0.01)
    archive.push(to, "push", "--as-is", code=5)
    output = first.communicate()[0].decode()
    check("the first: " + output, 0, first.returncode)
    like_fresh(cluster, archive, to)

    step(f"killed {kills} times")
    chosen = random.Random(7)
    cluster.delete("push")
    for kill in range(kills):
        archive.write(0, 1000, changed=range(kill, 1000, 3), word=f"Fois {kill}.")
        if kill % 5 == 4:
            archive.index()
        process = archive.begin(to, "push", "--as-is", "--shards", "3", "--replicas", "1", "--senders", "2")
        time.sleep(chosen.uniform(0.05, 2.5))
        process.kill()
        process.communicate()
    archive.push(to, "push")
    like_fresh(cluster, archive, to)

    step("a node is killed in the middle")
    cluster.delete("push")
    process = archive.begin(to, "push", "--as-is", "--shards", "3", "--replicas", "1", "--senders", "2")
    while indexed(cluster) == 0:
        check("the push ended early", None, process.poll())
        time.sleep(0.02)
    cluster.kill(0)
    output = process.communicate()[0].decode()
    check("the push: " + output, 0, process.returncode)
    cluster.start(0)
    cluster.wait_green(node=1)
    cluster.wait_green(node=0)
    like_fresh(cluster, archive, to)
    print("all of it went well")


def indexed(cluster):
    """Articles that the index has taken so far."""
    try:
        stats = cluster.ask("GET", "/griot-push-gen-1/_stats/indexing")
        return stats["_all"]["primaries"]["indexing"]["index_total"]
    except urllib.error.HTTPError:
        return 0


def like_fresh(cluster, archive, to):
    """Under another name, into one shard: the same documents."""
    cluster.delete("fresh")
    archive.push(to, "fresh", "--shards", "1", "--replicas", "0")
    found, wanted = cluster.documents("griot-push"), cluster.documents("griot-fresh")
    check("numbers of documents", len(wanted), len(found))
    for id, document in wanted.items():
        check(f"document {id}", document, found.get(id))
    cluster.delete("fresh")


main()
