import { decodeFrame, encodeFrame } from "./frames";

describe("a Twilsock frame", () => {
  it("states the header size in bytes, not characters", () => {
    const bytes = encodeFrame({ method: "notification", id: "NO1", note: "Müller 你好" }, { text: "héllo" });
    const frame = decodeFrame(bytes);
    expect(frame.header).toMatchObject({
      method: "notification",
      note: "Müller 你好",
      payload_type: "application/json",
    });
    expect(JSON.parse(frame.payload)).toEqual({ text: "héllo" });
    expect(frame.header.payload_size).toBe(Buffer.byteLength(frame.payload));
  });

  it("can have no payload", () => {
    const { header, payload } = decodeFrame(encodeFrame({ method: "reply", id: "TM1" }));
    expect(header.payload_size).toBe(0);
    expect(payload).toBe("");
  });

  it("of another protocol throws an error", () => {
    expect(() => decodeFrame(Buffer.from("HELLO V1.0 2\r\n{}\r\n"))).toThrow(
      "Expected a Twilsock V3.0 frame, got HELLO V1.0",
    );
  });
});
