# Texts of the library about clusters: src/cluster.

# Addresses and names

cluster-no-address = an address of a cluster is missing; write for instance https://search-1:9200
cluster-no-engine = an engine is an address and the name of an archive; write for instance https://search-1:9200/archive
cluster-no-scheme = “{ $address }” is no address; write https:// or http:// before it
cluster-bad-address = “{ $address }” is no address; write for instance https://search-1:9200
cluster-password-in-address = an address must not hold a password; set GRIOT_OPENSEARCH_USER and GRIOT_OPENSEARCH_PASSWORD
cluster-not-encrypted = “{ $address }” is not encrypted, which is for this machine only; write https://
cluster-bad-name = “{ $name }” can't be the name of an archive on a cluster; write lower-case letters, digits and hyphens, such as sahel-2024

# Who asks, and whom

cluster-half = a user and a password belong together; set { $name }, too, or { $file }_FILE
cluster-bad-characters = the user, the password or the key holds characters that can't be sent
cluster-no-certificates = no list of trusted certificates was found on this system; name one with --ca FILE
cluster-no-pem = { $path } holds no certificate in the PEM form
cluster-unknown-issuer = its certificate is signed by nobody that is trusted here; name the certificate of its authority with --ca FILE
cluster-expired = its certificate has expired; renew it
cluster-not-yet = its certificate is not valid yet; compare the clocks of the two machines
cluster-other-name = its certificate is for another name; write the address as the certificate has it
cluster-revoked = its certificate has been revoked
cluster-bad-certificate = its certificate is not accepted: { $why }
cluster-no-tls = it doesn't answer in TLS; is it http:// there?
cluster-no-encryption = no encrypted connection: { $why }

# What comes back

cluster-no-host = there is no such host
cluster-no-time = no answer in time
cluster-no-connection = no connection
cluster-half-answer = its answer is not whole, or not that of OpenSearch
cluster-bad-uri = this is no address
cluster-unauthorized = the cluster asks who is there, or doesn't know the user, the password or the key; set GRIOT_OPENSEARCH_USER and GRIOT_OPENSEARCH_PASSWORD, or GRIOT_OPENSEARCH_API_KEY
cluster-redirect = it answers with a redirect (status { $status }), which is not followed; name the address it leads to
cluster-status-reason = status { $status }: { $reason }
cluster-no-opensearch = what answers there is no OpenSearch

# Pushing

cluster-outdated = the index was built with another version of the analysis; run `griot index`, or push without --as-is
cluster-partial = not all shards of the index answered; push again when the cluster is green
cluster-counts = its counts don't add up; push again
cluster-no-place = no node takes the new index; look at their disks (GET _cluster/allocation/explain) and push again
cluster-bad-lease = what is kept there about who writes can't be read; delete its index, whose name ends in -control
cluster-taken-over = another push has taken over
cluster-too-large = it is larger than the cluster takes at once ({ $bytes } bytes; http.max_content_length, or a proxy before it)
cluster-index-gone = the index is gone: { $reason }; push again
cluster-blocked = the index takes nothing: { $reason }; { $cure }
cluster-make-room = make room on the disks of its nodes, then allow writing again: PUT griot-*/_settings { $body }
cluster-ask = ask who looks after the cluster
cluster-not-kept = it doesn't keep what it is sent; look at its logs, and whether something else writes to its index
cluster-other-source = { $alias } was pushed from { $source } until now; choose another --name, or say --take-over: its articles are replaced by those here
cluster-holder = griot push from { $owner } (since { $since } UTC)
cluster-other-push = another griot push --name { $name }

# Asking

cluster-out-of-time = it ran out of time before the answer was whole; try again
cluster-shards = { $failed } of { $total } shards didn't answer, so the answer would lack articles: { $reason }
cluster-values = { $facet }: a cluster counts at most { $most } values of a facet exactly, and there are more
cluster-unreadable = an article of its index can't be read: { $error }; push the archive again
cluster-too-many = { $number } articles would have to be brought from the cluster, and { $most } can be; narrow the question by dates or facets
cluster-no-state = what is kept there about the archive can't be read; push it again
cluster-no-terms = a cluster isn't asked for the words of a selection; ask the index that was pushed, without --engine
cluster-no-similar = a cluster isn't asked for articles like one; ask the index that was pushed, without --engine
cluster-nothing-pushed = { $label }; griot push --to URL --name { $name } makes it
cluster-other-form = a griot with form { $form } of a cluster's index
cluster-own-form = form { $form }
cluster-push-again = push the archive again with this griot
cluster-other-analysis = a griot with other lexicons or another analysis
cluster-own-analysis = those that it carries
cluster-push-plainly = push the archive with this griot, without --schema and without additions to its lexicons
cluster-no-folders = folders of this machine are no part of an archive on a cluster; leave out --engine, or --corpus, --watch and --update
cluster-decide-here = decisions are made on the index that is pushed: leave out --engine, then run griot push
cluster-lexicons-here = lexicons are those of the index that is pushed: leave out --engine
cluster-only-here = this command is about an index on this machine: leave out --engine
cluster-no-former = the regions before 2023 are not counted: a cluster can't, and the articles are too many to be brought here
cluster-too-many-words = the query has too many words for the cluster; shorten it, or have indices.query.bool.max_clause_count raised there
