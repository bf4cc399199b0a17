// Calls to the control page's JSON API, and the message that shows their outcome.

const message = document.getElementById("message");
let timer;

export function showMessage(text, isError = false) {
  message.textContent = text;
  message.classList.toggle("error", isError);
  message.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => message.classList.remove("shown"), isError ? 8000 : 3500);
}

export async function get(path) {
  const response = await fetch(`/control/api${path}`);
  return response.json();
}

/** Posts, and shows the success message or the error. Resolves to whether it succeeded. */
export async function post(path, body, successMessage) {
  try {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`/control/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    if (successMessage) showMessage(successMessage);
    return true;
  } catch (error) {
    const isOffline = error instanceof TypeError;
    showMessage(isOffline ? "The stand-in does not answer. Is it still running?" : error.message, true);
    return false;
  }
}
