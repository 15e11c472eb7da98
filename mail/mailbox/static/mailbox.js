// Keeps the list of mails up to date, opens mails and searches, without loading the page anew.

const EVERY = 2000;
const TYPING = 250;
const news = document.getElementById("news");
const trouble = document.getElementById("trouble");
const search = document.getElementById("to");
const part = (id, root = document) => root.querySelector(`#${id}`);

let shown = null;
let shownSearch = null;
let timer = null;
let requests = 0;

const query = () => new URLSearchParams(location.search);
const searched = () => query().get("to") ?? "";
const opened = (root = document) => root.querySelector("article")?.dataset.mail;
const listed = (root = document) => [...root.querySelectorAll("#list a[id]")];

function localTimes(root) {
  for (const time of root.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString();
  }
}

// Replaces what has changed: the list always, the open mail only by another one, so that scrolling,
// selection and open details stay as they are.
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.id;
  const known = new Set(listed().map((mail) => mail.id));
  const fresh = listed(page).find((mail) => !known.has(mail.id));
  localTimes(page);
  // Another search lists other mails, which need not be new.
  if (fresh && shown && shownSearch === searched()) {
    news.textContent = `New mail: ${fresh.querySelector(".subject").textContent}`;
  }
  part("panes").className = part("panes", page).className;
  part("list").replaceChildren(...part("list", page).childNodes);
  if (opened() !== opened(page) || !opened(page)) {
    part("detail").replaceChildren(...part("detail", page).childNodes);
  }
  fitAll(); // a phone may have hidden the mail until now
  if (focused?.startsWith("mail-")) document.getElementById(focused)?.focus();
}

async function refresh() {
  clearTimeout(timer);
  const request = ++requests;
  if (!document.hidden) {
    try {
      const asked = query();
      asked.set("partial", "");
      // The browser sends the version that it has, and gets the same one from its cache.
      const answer = await fetch(`/mailbox?${asked}`, { cache: "no-cache" });
      const html = await answer.text();
      if (request !== requests) return; // something else has been asked for since
      if (answer.ok && html !== shown) show(html);
      if (answer.ok) [shown, shownSearch] = [html, searched()];
    } catch {
      // The server restarts; the next round finds it again.
    }
  }
  if (request === requests) timer = setTimeout(refresh, EVERY);
}

async function go(url, { focus = false } = {}) {
  history.pushState(null, "", url);
  await refresh();
  if (focus) part("subject")?.focus();
  scrollTo(0, 0);
}

async function copy(button) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  getSelection().selectAllChildren(button.parentElement.firstElementChild);
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } catch {
    // No clipboard without HTTPS, except on localhost; the text is selected.
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = label; }, EVERY);
}

async function refusalToClear() {
  try {
    const answer = await fetch("/mailbox/clear", { method: "POST" });
    return answer.ok ? "" : await answer.text();
  } catch {
    return "The server could not be reached.";
  }
}

async function clear() {
  if (!confirm("Remove all mails from the mailbox?")) return;
  trouble.textContent = "";
  const refusal = await refusalToClear();
  if (refusal) {
    trouble.textContent = `The mails could not be removed. ${refusal}`;
    return;
  }
  search.value = "";
  await go(`/mailbox`);
}

// A mail as high as it is, without a scroll bar of its own. The frame is of this origin so that it can
// be measured; no script runs in it.
function fit(frame) {
  const root = frame.contentDocument?.documentElement;
  if (!root || frame.contentDocument.URL === "about:blank" || !frame.offsetParent) return;
  const border = frame.offsetHeight - frame.clientHeight;
  frame.style.height = `${Math.ceil(root.getBoundingClientRect().height) + border}px`;
}

function fitAll() {
  for (const frame of document.querySelectorAll("iframe")) fit(frame);
}

document.addEventListener("load", (event) => {
  if (event.target.tagName === "IFRAME") fit(event.target);
}, true);
addEventListener("resize", fitAll);
addEventListener("popstate", () => {
  search.value = searched();
  refresh();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  const link = event.target.closest("#list a, .back a");
  if (button) copy(button);
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    go(link.href, { focus: link.id.startsWith("mail-") });
  }
});

document.getElementById("clear").addEventListener("click", clear);
search.form.addEventListener("submit", (event) => event.preventDefault());
let typing = null;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const to = search.value.trim();
    history.replaceState(null, "", to ? `/mailbox?to=${encodeURIComponent(to)}` : "/mailbox");
    refresh();
  }, TYPING);
});

localTimes(document);
fitAll();
refresh();
