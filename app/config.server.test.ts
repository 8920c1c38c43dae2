import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.server.ts";
import { messageKinds } from "./domain/message.ts";

const secrets = { SESSION_SECRET: "x".repeat(32) };
const sms = {
  ALIYUN_ACCESS_KEY_ID: "id",
  ALIYUN_ACCESS_KEY_SECRET: "secret",
  SMS_SIGN_NAME: "加梯一键通",
  ...Object.fromEntries(messageKinds.map((kind) => [`SMS_TEMPLATE_${kind.toUpperCase().replaceAll("-", "_")}`, `SMS_${kind}`])),
};

describe("the settings of the SMS gateway", () => {
  it("name a template for each kind of message", () => {
    expect(Object.keys(sms)).toEqual(expect.arrayContaining(["SMS_TEMPLATE_SIGN_IN_CODE", "SMS_TEMPLATE_INTENT_CODE"]));
    expect(() => readConfig({ ...secrets, ...sms, SMS_TEMPLATE_SIGN_IN_CODE: "" })).toThrow("变量为 ${code}");
  });

  it("may be left out", () => {
    expect(readConfig(secrets).sms).toBeNull();
    expect(readConfig({ ...secrets, SMS_SIGN_NAME: "" }).sms).toBeNull();
  });

  it("are read together, with Aliyun's own address unless another is given", () => {
    expect(readConfig({ ...secrets, ...sms }).sms).toEqual({
      accessKeyId: "id",
      accessKeySecret: "secret",
      signName: "加梯一键通",
      templates: Object.fromEntries(messageKinds.map((kind) => [kind, `SMS_${kind}`])),
      endpoint: "https://dysmsapi.aliyuncs.com",
    });
    expect(readConfig({ ...secrets, ...sms, SMS_ENDPOINT: "http://127.0.0.1:9" }).sms?.endpoint).toBe("http://127.0.0.1:9");
  });

  it.each(Object.keys(sms))("are refused as half a set without %s, which is named alone", (name) => {
    const read = () => readConfig({ ...secrets, ...sms, [name]: undefined });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(name);
    for (const other of Object.keys(sms)) if (other !== name) expect(read).not.toThrow(`  ${other}：`);
  });

  it("are refused when only the address is given, or a wrong one", () => {
    expect(() => readConfig({ ...secrets, SMS_ENDPOINT: "https://dysmsapi.aliyuncs.com" })).toThrow("SMS_SIGN_NAME");
    expect(() => readConfig({ ...secrets, ...sms, SMS_ENDPOINT: "dysmsapi" })).toThrow("SMS_ENDPOINT");
  });
});
