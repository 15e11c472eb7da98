// Does what a mailed link is for, with the token in this page's fragment, when the person says so: mail
// scanners open links as well, and must spend nothing. All texts are in the page's templates, and what a
// button asks for is its document.

const KEPT = `connectx:${location.pathname}${location.search}`;

const heading = document.querySelector("h1");
const status = document.getElementById("status");
const product = document.getElementById("product");
const onward = document.querySelector("a[data-when]");
const onwardText = onward?.textContent;
const onwardUrl = onward?.href;
const timer = document.getElementById("timer");
const buttons = document.querySelectorAll("[data-document]");
// What the person types beside the token. It is never kept.
const fields = document.querySelectorAll("input[name]");
const hint = document.querySelector(".hint");
const problem = document.querySelector(".problem");
const linkProduct = product.textContent;
const linkTenant = new URLSearchParams(location.search).get("tenant");

// What this tab knows: { token, state }, or once the token is used { state, email, product, tenant }.
// A reload finds it again, because the address bar has lost the token by then.
let kept = {};

let ticking = null;

function keep(next) {
  kept = next;
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // The browser keeps nothing for this page. A reload then forgets the token.
  }
}

function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]).replace(/\s+/g, " ").trim();
}

function textsOf(name) {
  return document.getElementById(name).content;
}

function say(name, values = {}) {
  stopWaiting();
  status.textContent = filled(textsOf(name).querySelector("p").textContent, values);
}

function stopWaiting() {
  clearTimeout(ticking);
  ticking = null;
  timer.textContent = "";
  for (const button of buttons) button.removeAttribute("aria-disabled");
  refuse("");
}

// Says what is wrong with what was typed, in place of the hint; without a text, that nothing is.
function refuse(text) {
  for (const field of fields) {
    if (text) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", text ? problem.id : hint.id);
    problem.textContent = text;
    hint.hidden = text !== "";
  }
}

// Screen readers read the status out, and leave out the timer, which changes every second.
function sayHowLongToWait(seconds) {
  const until = Date.now() + seconds * 1000;
  const text = textsOf("limited").querySelector("[data-wait]").textContent;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) return show();
    timer.textContent = filled(text, { wait: wait(left) });
    ticking = setTimeout(tick, 1000);
  };
  say("limited");
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  tick();
}

// The page in its state: ready, done, expired, incomplete, or another one of its templates.
function show() {
  say(kept.state, kept);
  heading.textContent = document.title = textsOf(kept.state).querySelector("h1").textContent;
  for (const part of document.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(kept.state);
  }
  const shown = kept.product ?? linkProduct;
  // A tenant is named beside the logo, which is that of the server's own product.
  if (shown !== linkProduct) product.hidden = false;
  product.textContent = shown;
  if (onward) {
    onward.textContent = filled(onwardText, { product: shown });
    onward.href = withTenant(onwardUrl, kept.tenant ?? linkTenant);
  }
}

// The web app is that of the server's own product unless its address names a tenant.
function withTenant(address, tenant) {
  const url = new URL(address);
  if (tenant) url.searchParams.set("tenant", tenant);
  return url.href;
}

function enter(next) {
  keep(next);
  show();
  // The button that was pressed may be gone.
  heading.focus();
}

function wait(seconds) {
  const [count, unit] = seconds < 100 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  const { lang } = document.documentElement;
  return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

const done = ({ user }) =>
  enter({
    state: "done",
    email: user?.email,
    product: user?.tenant?.displayName ?? linkProduct,
    tenant: user?.tenant?.id,
  });

const answers = {
  VerifyEmailSuccess: done,
  PasswordResetSuccess: done,
  EmailChanged: done,
  EmailChangeHalfConfirmed: () => enter({ state: "half" }),
  AccountSecured: done,
  EmailChangeUndone: done,
  // The token stays: the person may change their mind.
  RegistrationDisowned: () => enter({ ...kept, state: "done" }),
  RegistrationAllowed: () => enter({ ...kept, state: "allowed", product: linkProduct }),
  AccountDeletionCancelled: done,
  EmailAlreadyExistsError: () => enter({ state: "taken" }),
  InvalidInputError: ({ errors }) => {
    const kinds = errors.map(({ __typename }) => __typename);
    if (kinds.includes("InvalidTokenFormatError")) return enter({ state: "incomplete" });
    if (kinds.includes("PasswordRequiredError")) return enter({ ...kept, state: "choose" });
    say(kept.state, kept);
    refuse(errors.map(({ message }) => message).join(" "));
    fields[0].focus();
  },
  PasswordResetRequested: () => enter({ ...kept, state: "sent" }),
  ResendVerificationSuccess: () => enter({ ...kept, state: "sent" }),
  InvalidLinkError: () => enter({ state: "incomplete" }),
  ExpiredLinkError: () => enter({ ...kept, state: "expired" }),
  RateLimitedError: ({ retryAfterSeconds }) => sayHowLongToWait(retryAfterSeconds),
  UnavailableError: () => say("busy"),
  InternalError: ({ incidentId }) => say("failed", { incident: incidentId }),
};

async function ask(button) {
  if (ticking !== null) return;
  const query = button.dataset.document;
  button.disabled = true;
  say("working");
  const { token } = kept;
  const shown = [...fields].filter((field) => field.closest("[hidden]") === null);
  const typed = Object.fromEntries(shown.map(({ name, value }) => [name, value]));
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query, variables: { input: { token, ...typed } } }),
    });
    const { answer } = (await response.json()).data;
    // Another link may have been opened in the meantime.
    if (token === kept.token) answers[answer.__typename](answer);
  } catch {
    say("unreachable");
  }
  button.disabled = false;
}

function open() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  // The token need not stay in the address bar, where a screen share or a bookmark would show it.
  history.replaceState(null, "", location.pathname + location.search);
  kept = restored();
  if (token && token !== kept.token) keep({ token, state: "ready" });
  else if (!kept.state) kept = { state: "incomplete" };
  show();
}

for (const button of buttons) {
  if (button.form === null) button.addEventListener("click", () => ask(button));
}
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form.querySelector("[data-document]"));
  });
}
for (const choice of document.querySelectorAll("[data-reveals]")) {
  choice.addEventListener("change", () => {
    document.getElementById(choice.dataset.reveals).type = choice.checked ? "text" : "password";
  });
}
// A link that is opened while this page is open changes only the fragment.
addEventListener("hashchange", () => {
  if (location.hash) open();
});
open();
