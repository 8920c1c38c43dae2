import { createHash, createHmac } from "node:crypto";
import { delay, http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { SmsSettings } from "#app/config.server.ts";
import { messageKinds } from "#app/domain/message.ts";

export const smsSettings: SmsSettings = {
  accessKeyId: "LTAI-test",
  accessKeySecret: "a secret for tests only",
  signName: "加梯一键通（测试）",
  templates: Object.fromEntries(messageKinds.map((kind, index) => [kind, `SMS_${100_001 + index}`])) as SmsSettings["templates"],
  endpoint: "https://dysmsapi.aliyuncs.com",
};

/** What the gateway was asked to send. */
export interface SmsRequest {
  PhoneNumbers: string;
  SignName: string;
  TemplateCode: string;
  TemplateParam: string;
  OutId: string;
}

type Reply =
  /** An answer of the API: its code and the status it comes with. */
  | { code: string; status?: number; message?: string }
  /** Anything else that may stand between us and the API. */
  | { body: string; status: number }
  | "no-answer"
  | "no-connection";

export interface SmsGateway {
  /** The requests that were rightly signed, in order. */
  requests: SmsRequest[];
  /** What it says from now on, in turn; the last goes for all that follow. Until told, OK. */
  says(...replies: [Reply, ...Reply[]]): void;
  /** Is run before each answer, as for a slow gateway or what happens meanwhile. */
  beforeAnswer(work: (() => Promise<void>) | undefined): void;
  close(): void;
}

const REFUSALS = { signature: "SignatureDoesNotMatch", time: "InvalidTimeStamp.Expired", nonce: "SignatureNonceUsed" };

/** Aliyun's SMS gateway. A request to anywhere else fails the test, and so does an unsigned one here by its answer. */
export function openSmsGateway(now: () => Date = () => new Date()): SmsGateway {
  const requests: SmsRequest[] = [];
  const nonces = new Set<string>();
  let replies: Reply[] = [{ code: "OK" }];
  let before: (() => Promise<void>) | undefined;

  const server = setupServer(
    http.post(`${smsSettings.endpoint}/`, async ({ request }) => {
      const fault = await whyNotSigned(request, nonces, now());
      if (fault) return answer({ code: REFUSALS[fault], status: 400 });
      requests.push(Object.fromEntries(new URL(request.url).searchParams) as unknown as SmsRequest);
      const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? { code: "OK" };
      await before?.();
      if (reply === "no-connection") return HttpResponse.error();
      if (reply === "no-answer") {
        await delay("infinite");
        return HttpResponse.error();
      }
      return "body" in reply ? new HttpResponse(reply.body, { status: reply.status }) : answer(reply);
    }),
  );
  server.listen({ onUnhandledRequest: "error" });
  return {
    requests,
    says: (...given) => void (replies = given),
    beforeAnswer: (work) => void (before = work),
    close: () => server.close(),
  };
}

function answer({ code, status = 200, message = code }: { code: string; status?: number; message?: string }): Response {
  return HttpResponse.json(
    { Code: code, Message: message, RequestId: "A90E4451-FED7-49D2-87C8-00700A8C4D0D", ...(code === "OK" && { BizId: "900619746936498440^0" }) },
    { status },
  );
}

/**
 * Checks a request as the gateway does, worked out from the bytes that arrived and the names the client says it signed:
 * https://help.aliyun.com/document_detail/2593177.html
 */
async function whyNotSigned(request: Request, nonces: Set<string>, now: Date): Promise<keyof typeof REFUSALS | null> {
  const { headers } = request;
  const url = new URL(request.url);
  const given = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(headers.get("authorization") ?? "");
  if (given?.[1] !== smsSettings.accessKeyId) return "signature";
  const names = (given[2] ?? "").split(";");
  const must = ["host", ...[...headers.keys()].filter((name) => name.startsWith("x-acs-"))].sort();
  if (names.join() !== must.join()) return "signature";

  const digest = createHash("sha256").update(Buffer.from(await request.clone().arrayBuffer())).digest("hex");
  if (headers.get("x-acs-content-sha256") !== digest) return "signature";
  let text = `${request.method}\n${url.pathname}\n${url.search.slice(1).split("&").sort().join("&")}\n`;
  for (const name of names) text += `${name}:${name === "host" ? url.host : headers.get(name)}\n`;
  text += `\n${names.join(";")}\n${digest}`;
  const hashed = createHash("sha256").update(text).digest("hex");
  const signature = createHmac("sha256", smsSettings.accessKeySecret).update(`ACS3-HMAC-SHA256\n${hashed}`).digest("hex");
  if (signature !== given[3] || /[+!'()*]/.test(url.search)) return "signature";

  const action = `${headers.get("x-acs-action")} ${headers.get("x-acs-version")}`;
  if (action !== "SendSms 2017-05-25") return "signature";
  const date = headers.get("x-acs-date") ?? "";
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) || Math.abs(Date.parse(date) - now.getTime()) > 15 * 60_000) return "time";
  const nonce = headers.get("x-acs-signature-nonce") ?? "";
  if (nonce === "" || nonces.has(nonce)) return "nonce";
  nonces.add(nonce);
  return null;
}
