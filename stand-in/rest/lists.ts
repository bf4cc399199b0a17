// Paged lists in Twilio's format: `meta` with the URLs of the pages, and the items under their key.

import type { Answer } from "./resource";

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;

/** The page of the items that the query selects. */
export function listAnswer(key: string, items: object[], query: URLSearchParams, url: string): Answer {
  const size = Math.min(MAX_PAGE_SIZE, wholeNumber(query.get("PageSize"), 1) ?? DEFAULT_PAGE_SIZE);
  const page = wholeNumber(query.get("Page"), 0) ?? 0;
  const urlOfPage = (number: number) => `${url}?PageSize=${size}&Page=${number}`;
  const isLast = (page + 1) * size >= items.length;
  const meta = {
    page,
    page_size: size,
    first_page_url: urlOfPage(0),
    previous_page_url: page > 0 ? urlOfPage(page - 1) : null,
    url: urlOfPage(page),
    next_page_url: isLast ? null : urlOfPage(page + 1),
    key,
  };
  return { status: 200, body: { meta, [key]: items.slice(page * size, (page + 1) * size) } };
}

function wholeNumber(text: string | null, atLeast: number): number | undefined {
  const number = Number(text ?? NaN);
  return Number.isInteger(number) && number >= atLeast ? number : undefined;
}
