// A chat load as k6's own documentation writes one: post, wait for the answer, check its status, again.
// WHY_BODIES: the requests' bodies, a JSON array that is gone through round and round; WHY_LOAD: an executor; WHY_OUT: the summary.
import http from "k6/http";
import { check } from "k6";
import exec from "k6/execution";

const bodies = JSON.parse(open(__ENV.WHY_BODIES)).map((body) => JSON.stringify(body));
export const options = {
  scenarios: { chat: JSON.parse(__ENV.WHY_LOAD) },
  summaryTrendStats: ["avg", "min", "med", "max", "p(90)", "p(95)", "p(99)"],
};

export default function () {
  const n = exec.scenario.iterationInTest;
  const response = http.post(`${__ENV.WHY_URL}/v1/chat/completions`, bodies[n % bodies.length], {
    // The number lets the mock give each tool's n-th request the same fate, and the script find it again.
    headers: { "Content-Type": "application/json", "x-candor-request": String(n) },
    tags: { n: String(n) },
    timeout: "60s",
  });
  check(response, { "status is 200": (r) => r.status === 200 });
}

export function handleSummary(data) {
  return { [__ENV.WHY_OUT]: JSON.stringify(data) };
}
