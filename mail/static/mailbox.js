// Keeps the list of mails up to date without touching the ones that are there, so that scrolling,
// selection, focus and open details stay as they are.

const EVERY = 2000;
const mails = document.getElementById("mails");
const news = document.getElementById("news");
let version = null;

function localTimes(root) {
  for (const time of root.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString();
  }
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = [...page.querySelectorAll("article")];
  const ids = new Set(fresh.map((mail) => mail.id));
  for (const old of mails.querySelectorAll("article")) {
    if (!ids.has(old.id)) old.remove();
  }
  // From the oldest up: each one that is missing goes before the one that is already there.
  let next = null;
  for (const mail of fresh.reverse()) {
    const shown = document.getElementById(mail.id);
    if (!shown) {
      localTimes(mail);
      mails.insertBefore(document.adoptNode(mail), next);
      news.textContent = `New mail: ${mail.querySelector("h2").textContent}`;
    }
    next = document.getElementById(mail.id);
  }
  mails.querySelector(".empty").hidden = fresh.length > 0;
}

async function refresh() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/mailbox?partial", { cache: "no-store" });
      const html = answer.ok ? await answer.text() : version;
      if (html !== version) show(html);
      version = html;
    } catch {
      // The server restarts; the next round finds it again.
    }
  }
  setTimeout(refresh, EVERY);
}

async function copy(button) {
  const code = button.previousElementSibling;
  getSelection().selectAllChildren(code);
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } catch {
    // No clipboard without HTTPS, except on localhost; the code is selected.
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy code"; }, EVERY);
}

// A mail as high as it is, without a scroll bar of its own. The frame is of this origin so that it can
// be measured; no script runs in it.
function fit(frame) {
  const root = frame.contentDocument?.documentElement;
  if (!root || frame.contentDocument.URL === "about:blank") return;
  const border = frame.offsetHeight - frame.clientHeight;
  frame.style.height = `${Math.ceil(root.getBoundingClientRect().height) + border}px`;
}

function fitAll() {
  for (const frame of mails.querySelectorAll("iframe")) fit(frame);
}

mails.addEventListener("load", (event) => fit(event.target), true);
window.addEventListener("resize", fitAll);

mails.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

localTimes(mails);
fitAll();
refresh();
