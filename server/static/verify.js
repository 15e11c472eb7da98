// Confirms an address with the token in this page's fragment, when the person says so: mail scanners
// open links as well, and must spend nothing.

const MUTATION = `mutation VerifyEmailByLink($input: VerifyEmailByLinkInput!) {
  verifyEmailByLink(input: $input) {
    __typename
    ... on VerifyEmailSuccess { user { email } }
    ... on RateLimitedError { retryAfterSeconds }
    ... on UnavailableError { retryAfterSeconds }
    ... on InternalError { incidentId }
  }
}`;

const heading = document.querySelector("h1");
const button = document.getElementById("confirm");
const status = document.getElementById("status");
const token = new URLSearchParams(location.hash.slice(1)).get("token");

// The token need not stay in the address bar, where a screen share or a bookmark would show it.
history.replaceState(null, "", location.pathname);

const answers = {
  VerifyEmailSuccess: ({ user }) => {
    heading.textContent = document.title = "Your email address is confirmed";
    done(`Thank you. ${user.email} is confirmed, and you can log in now.`);
  },
  InvalidLinkError: () =>
    done("This link is not complete. Open it from the mail once more, or copy all of it."),
  ExpiredLinkError: () =>
    done("This link has expired. Ask for another mail where you registered."),
  RateLimitedError: ({ retryAfterSeconds }) =>
    again(`Too many tries. Please try again in ${retryAfterSeconds} seconds.`),
  UnavailableError: () => again("The server is busy. Please try again in a moment."),
  InternalError: ({ incidentId }) =>
    again(`Something went wrong on the server (incident ${incidentId}). Please try again.`),
};

function done(text) {
  status.textContent = text;
  button.hidden = true;
}

function again(text) {
  status.textContent = text;
  button.disabled = false;
}

async function confirm() {
  button.disabled = true;
  status.textContent = "Confirming…";
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ query: MUTATION, variables: { input: { token } } }),
    });
    const { verifyEmailByLink: answer } = (await response.json()).data;
    answers[answer.__typename](answer);
  } catch {
    again("The server could not be reached. Please check your connection and try again.");
  }
}

if (token) {
  button.addEventListener("click", confirm);
} else {
  answers.InvalidLinkError();
}
