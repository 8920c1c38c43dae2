import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorization } from "./sms.server.ts";

describe("the signature of a request", () => {
  it("is that of the example with fixed parameters in Aliyun's documentation", () => {
    // https://help.aliyun.com/document_detail/2593177.html, 固定参数示例
    const signed = authorization(
      { accessKeyId: "YourAccessKeyId", accessKeySecret: "YourAccessKeySecret" },
      {
        method: "POST",
        url: new URL(
          "https://ecs.cn-shanghai.aliyuncs.com/?RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
        ),
        headers: {
          "x-acs-action": "RunInstances",
          "x-acs-version": "2014-05-26",
          "x-acs-date": "2023-10-26T10:22:32Z",
          "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
          "x-acs-content-sha256": createHash("sha256").update("").digest("hex"),
        },
      },
    );
    expect(signed).toBe(
      "ACS3-HMAC-SHA256 Credential=YourAccessKeyId," +
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version," +
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    );
  });
});
