# griot push

push-comparing = comparing
push-waiting = the cluster is busy or can't be reached ({ $reason }); trying again
push-new = new index { $index }: { $shards ->
        [one] 1 shard
       *[other] { $shards } shards
    }, { $replicas ->
        [0] no copy
        [one] 1 copy of each
       *[other] { $replicas } copies of each
    }
push-done = { $name } on { $cluster }: { $articles }; { $sent } sent ({ $changed } of them changed), { $deleted } deleted, { $mb } MB, { $seconds } s
push-interrupted = interrupted: { $sent } sent, { $deleted } deleted; push again to go on
push-refused = not taken: { $article }: { $reason }
push-more-refused = not taken: and { $n } more; --format json lists them
push-without = this griot was built without OpenSearch
engine-no-state = there is no home folder to keep the saved searches of an engine in
