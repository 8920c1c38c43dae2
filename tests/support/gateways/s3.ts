import { createHash, createHmac } from "node:crypto";
import { delay, http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { BucketSettings } from "#app/config.server.ts";

export const bucketSettings: BucketSettings = {
  at: "bucket",
  endpoint: "https://oss.portal.test",
  region: "cn-shanghai",
  bucket: "jiati-files",
  accessKeyId: "AKIA-test",
  secretAccessKey: "a secret for tests only",
  pathStyle: false,
};

type Reply =
  /** What an S3-compatible service says when it refuses. */
  | { code: string; status: number }
  /** Anything else that may stand between us and the service. */
  | { body: string; status: number }
  | "no-answer"
  | "no-connection";

export interface Bucket {
  /** What it holds, by the path of the request. */
  objects: Map<string, Buffer>;
  /** The rightly signed requests, in order. */
  requests: string[];
  /** What it says from now on, in turn, instead of doing as it is told. */
  says(...replies: Reply[]): void;
  close(): void;
}

const PLACES = [`https://${bucketSettings.bucket}.oss.portal.test/*`, `${bucketSettings.endpoint}/*`];

/** A bucket of an S3-compatible service. A request to anywhere else fails the test, and an unsigned one here is refused. */
export function openBucket(): Bucket {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  const replies: Reply[] = [];

  const answer = async ({ request }: { request: Request }): Promise<Response> => {
    const body = Buffer.from(await request.clone().arrayBuffer());
    const { host, pathname } = new URL(request.url);
    if (!isSigned(request, body)) return refusal({ code: "SignatureDoesNotMatch", status: 403 });
    requests.push(`${request.method} ${host}${pathname}`);
    const reply = replies.shift();
    if (reply === "no-connection") return HttpResponse.error();
    if (reply === "no-answer") {
      await delay("infinite");
      return HttpResponse.error();
    }
    if (reply) return "body" in reply ? new HttpResponse(reply.body, { status: reply.status, headers: { "Content-Type": "text/html" } }) : refusal(reply);
    return act(objects, request.method, `${host}${pathname}`, body);
  };
  const server = setupServer(...PLACES.flatMap((place) => [http.put(place, answer), http.get(place, answer), http.delete(place, answer)]));
  server.listen({ onUnhandledRequest: "error" });
  return { objects, requests, says: (...given) => void replies.splice(0, replies.length, ...given), close: () => server.close() };
}

function act(objects: Map<string, Buffer>, method: string, key: string, body: Buffer): Response {
  if (method === "DELETE") {
    objects.delete(key);
    return new HttpResponse(null, { status: 204 });
  }
  if (method === "PUT") {
    objects.set(key, body);
    return new HttpResponse(null, { status: 200, headers: { ETag: tagOf(body) } });
  }
  const kept = objects.get(key);
  if (!kept) return refusal({ code: "NoSuchKey", status: 404 });
  return new HttpResponse(new Uint8Array(kept), { status: 200, headers: { ETag: tagOf(kept), "Content-Length": String(kept.length) } });
}

const tagOf = (body: Buffer) => `"${createHash("md5").update(body).digest("hex")}"`;

function refusal({ code, status }: { code: string; status: number }): Response {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code} /secret/place</Message></Error>`;
  return new HttpResponse(text, { status, headers: { "Content-Type": "application/xml" } });
}

/**
 * AWS signature version 4, worked out from the bytes that arrived and the names the client says it signed:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
function isSigned(request: Request, body: Buffer): boolean {
  const { headers } = request;
  const given = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    headers.get("authorization") ?? "",
  );
  const [, keyId, day = "", region = "", names = "", signature] = given ?? [];
  if (keyId !== bucketSettings.accessKeyId || region !== bucketSettings.region) return false;
  const digest = headers.get("x-amz-content-sha256") ?? "";
  if (digest !== createHash("sha256").update(body).digest("hex")) return false;
  const url = new URL(request.url);
  const signed = names.split(";").map((name) => `${name}:${name === "host" ? url.host : (headers.get(name) ?? "")}\n`);
  const query = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join("&");
  const canonical = [request.method, url.pathname, query, signed.join(""), names, digest].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", headers.get("x-amz-date") ?? "", scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
  let key: Buffer = Buffer.from(`AWS4${bucketSettings.secretAccessKey}`);
  for (const part of [day, region, "s3", "aws4_request"]) key = createHmac("sha256", key).update(part).digest();
  return createHmac("sha256", key).update(text).digest("hex") === signature;
}
