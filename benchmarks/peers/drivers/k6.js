// k6 reads an answer whole: it sees neither TTFT nor ITL, only what receiving costs. Run with a k6 of your own.
import http from "k6/http";

const body = open(__ENV.PEER_BODY);
export const options = {
  discardResponseBodies: true,
  scenarios: {
    streams: {
      executor: "ramping-vus",
      startVUs: 1,
      stages: [
        { duration: `${__ENV.PEER_SKIP}s`, target: Number(__ENV.PEER_USERS) },
        { duration: `${__ENV.PEER_SECONDS}s`, target: Number(__ENV.PEER_USERS) },
      ],
      gracefulRampDown: "5s",
    },
  },
};

export default function () {
  http.post(`${__ENV.PEER_URL}/v1/chat/completions`, body, { headers: { "Content-Type": "application/json" } });
}
