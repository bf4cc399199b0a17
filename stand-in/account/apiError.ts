/** An error answer of Twilio's API: its HTTP status and Twilio error code. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
