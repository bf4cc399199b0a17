/** @returns the body of a response, which stays unread; `undefined` if it cannot be read. */
export async function readText(response: Response): Promise<string | undefined> {
  try {
    return await response.clone().text();
  } catch {
    return undefined;
  }
}
