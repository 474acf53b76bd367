-- The raw ceiling: wrk reads HTTP and counts bytes; it looks at no event.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local file = io.open(os.getenv("PEER_BODY"), "rb")
wrk.body = file:read("*a")
file:close()
