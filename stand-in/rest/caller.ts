// Who makes an HTTP request: an agent's browser sends its chat token as the password of the user "token".

/** The identity in the credentials, if they are an agent's token. Nobody checks its signature. */
export function callerOf(authorization: string | undefined): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [user, password = ""] = Buffer.from(encoded, "base64").toString().split(/:(.*)/s);
  return user === "token" ? identityIn(password) : undefined;
}

function identityIn(token: string): string | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { grants?: { identity?: string } };
    return claims.grants?.identity;
  } catch {
    return undefined;
  }
}
