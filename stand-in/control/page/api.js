// Calls of the control page's JSON API, and the line that says how they went.

const message = document.getElementById("message");
let timer;

export function say(text, wrong = false) {
  message.textContent = text;
  message.classList.toggle("wrong", wrong);
  message.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => message.classList.remove("shown"), wrong ? 8000 : 3500);
}

export async function get(path) {
  const response = await fetch(`/control/api${path}`);
  return response.json();
}

/** Posts, and says what came of it. Resolves to whether it went well. */
export async function post(path, body, success) {
  try {
    const response = await fetch(`/control/api${path}`, { method: "POST", body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    if (success) say(success);
    return true;
  } catch (error) {
    say(error instanceof TypeError ? "The stand-in does not answer. Is it still running?" : error.message, true);
    return false;
  }
}
