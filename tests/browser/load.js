// Sends RATE requests a second to a running server over CONNECTIONS connections and prints latencies:
//   node tests/browser/load.js http://127.0.0.1:7300 RATE CONNECTIONS SECONDS [PATH]
// A latency counts from when the request was due, so that queueing shows.

import http from "node:http";

const [base, rate, connections, seconds, path = "/api/v1/search"] = process.argv.slice(2);
const queries = [
  "гарантії безпеки", "міст", "школа", "президент", "«верховна рада»", "війна мир", "економіка зростання", "київ", "вибори", "суд рішення",
  "лікарня", "енергетика", "гарант*", "title:бюджет", "поліція", "освіта реформа", "футбол", "погода", "уряд", "партнерство",
];
const agent = new http.Agent({ keepAlive: true, maxSockets: Number(connections) });
const times = [];
const statuses = {};

function ask(due, query) {
  return new Promise((done) => {
    const request = http.get(`${base}${path}?query=${encodeURIComponent(query)}`, { agent }, (answer) => {
      answer.resume().on("end", () => {
        times.push(performance.now() - due);
        statuses[answer.statusCode] = (statuses[answer.statusCode] || 0) + 1;
        done();
      });
    });
    request.on("error", (error) => {
      statuses[error.code] = (statuses[error.code] || 0) + 1;
      done();
    });
  });
}

const start = performance.now();
const asked = [];
for (let number = 0; number < rate * seconds; number++) {
  const due = start + (number * 1000) / rate;
  const early = due - performance.now();
  if (early > 0) await new Promise((done) => setTimeout(done, early));
  asked.push(ask(due, queries[number % queries.length]));
}
await Promise.all(asked);
agent.destroy();
const took = (performance.now() - start) / 1000;
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
console.log(`${times.length} answers in ${took.toFixed(1)} s (${(times.length / took).toFixed(0)}/s): p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${at(1)} ms; ${JSON.stringify(statuses)}`);
