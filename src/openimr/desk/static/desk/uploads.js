// Sends files piece by piece, each with its place and its hash, and goes on where it stopped:
// after a lost connection by itself, after the page was closed with the same file chosen again.
// Without this script, or where the browser cannot hash, the form sends a file whole.
(() => {
  const form = document.querySelector("form[data-uploads]");
  const told = document.getElementById("uploads");
  if (!form || !told || !globalThis.crypto?.subtle) return;
  const chosen = form.querySelector("input[type=file]");
  const button = form.querySelector("button[type=submit]");
  const size = Number(form.dataset.piece);
  const waits = [1, 2, 4, 8, 15, 30];
  chosen.multiple = true;

  const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
  const hashed = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
  const pause = (seconds) => new Promise((wake) => setTimeout(wake, 1000 * seconds));
  const value = (name) => form.elements[name]?.value ?? "";

  class Refused extends Error {}

  function line(file) {
    const row = document.createElement("p");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    bar.className = "desk-progress";
    bar.max = file.size || 1;
    bar.setAttribute("aria-label", file.name);
    row.append(words, bar);
    told.append(row);
    return {
      say: (text) => { words.textContent = `${file.name}: ${text}`; },
      at: (bytes) => { bar.value = bytes; },
    };
  }

  async function post(url, body, headers = {}) {
    const answer = await fetch(url, {
      method: "POST", body, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(300000),
      headers: { "X-CSRFToken": value("csrfmiddlewaretoken"), ...headers },
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      throw new Refused("You are no longer signed in. Sign in again, then choose the file again: it goes on.");
    }
    if (answer.status === 404) throw new Refused("The case is not open to you.");
    if (answer.status >= 500) throw new Error("the desk cannot be reached");
    return { status: answer.status, told: await answer.json() };
  }

  async function announce(file) {
    const data = new FormData();
    data.set("submitter", value("submitter"));
    data.set("received_on", value("received_on"));
    data.set("name", file.name);
    data.set("size", file.size);
    data.set("mark", `${file.size}-${file.lastModified}`);
    const { status, told: answer } = await post(form.dataset.uploads, data);
    if (status !== 200) throw new Refused(answer.said);
    return answer;
  }

  async function once(file, shown) {
    let { received, done, to } = await announce(file);
    if (done) return "It is here already.";
    for (;;) {
      shown.at(received);
      shown.say(`${Math.floor((100 * received) / file.size)} percent`);
      const bytes = await file.slice(received, received + size).arrayBuffer();
      const { status, told: answer } = await post(to, bytes, {
        "Content-Type": "application/octet-stream",
        "Upload-Offset": String(received),
        "Piece-Sha256": await hashed(bytes),
        "Received-On": value("received_on"),
      });
      if (status === 400) throw new Refused(answer.said);
      received = answer.received;
      if (answer.done) {
        shown.at(file.size);
        return answer.said ?? "Received.";
      }
    }
  }

  async function send(file) {
    const shown = line(file);
    for (let tried = 0; ; tried += 1) {
      try {
        shown.say(await once(file, shown));
        return true;
      } catch (error) {
        if (error instanceof Refused) {
          shown.say(error.message);
          return false;
        }
        const wait = waits[Math.min(tried, waits.length - 1)];
        shown.say(`The connection was lost. It goes on in ${wait} seconds.`);
        await pause(wait);
      }
    }
  }

  form.addEventListener("submit", async (event) => {
    if (!chosen.files.length) return;
    event.preventDefault();
    button.disabled = true;
    told.textContent = "";
    let whole = true;
    for (const file of [...chosen.files]) whole = (await send(file)) && whole;
    button.disabled = false;
    if (whole) location.assign(form.dataset.done);
  });
})();
