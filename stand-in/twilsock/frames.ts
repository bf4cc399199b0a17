// Twilsock frames: "TWILSOCK V3.0 <bytes of the header>\r\n<JSON header>\r\n<payload>".

export interface Frame {
  header: Header;
  payload: string;
}

export interface Header {
  method: string;
  id: string;
  [field: string]: unknown;
}

export function encodeFrame(header: Header, payload?: object): Buffer {
  const body = payload === undefined ? "" : JSON.stringify(payload);
  const head = JSON.stringify({
    ...header,
    payload_size: Buffer.byteLength(body),
    ...(body ? { payload_type: "application/json" } : {}),
  });
  return Buffer.from(`TWILSOCK V3.0 ${Buffer.byteLength(head)}\r\n${head}\r\n${body}`);
}

export function decodeFrame(bytes: Buffer): Frame {
  const lineEnd = bytes.indexOf("\r\n");
  const [protocol, version, size] = bytes.subarray(0, lineEnd).toString("ascii").split(" ");
  if (protocol !== "TWILSOCK" || version !== "V3.0")
    throw new Error(`Expected a Twilsock V3.0 frame, got ${protocol} ${version}`);
  const headerEnd = lineEnd + 2 + Number(size);
  return {
    header: JSON.parse(bytes.subarray(lineEnd + 2, headerEnd).toString("utf8")) as Header,
    payload: bytes.subarray(headerEnd + 2).toString("utf8"),
  };
}
