import { useEffect, useRef, useState, type PointerEvent } from "react";
import { me } from "#app/i18n/zh-CN/me.ts";
import { Button } from "./button.tsx";
import { fieldId } from "./field.tsx";

const words = me.ballot.signature;

/** Pixels of the drawing, whatever the screen: a few thousand bytes as PNG. */
const WIDTH = 720;
const HEIGHT = 270;

/** A field to sign in with a finger or a mouse; nobody has to. Without scripts it is not there. */
export function SignaturePad({ error }: { error: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [ready, setReady] = useState(false);
  const [signed, setSigned] = useState(false);

  const pen = () => canvas.current?.getContext("2d");
  const clear = () => {
    const on = pen();
    if (!on || !field.current) return;
    // A picture without a ground would turn black as a JPEG.
    on.fillStyle = "#ffffff";
    on.fillRect(0, 0, WIDTH, HEIGHT);
    on.strokeStyle = "#000000";
    on.lineWidth = 5;
    on.lineCap = on.lineJoin = "round";
    field.current.value = "";
    setSigned(false);
  };
  useEffect(() => setReady(true), []);
  useEffect(clear, [ready]);
  if (!ready) return null;

  const at = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = canvas.current?.getBoundingClientRect() ?? new DOMRect();
    return [((clientX - left) * WIDTH) / width, ((clientY - top) * HEIGHT) / height] as const;
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pen()?.beginPath();
    pen()?.moveTo(...at(event));
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    pen()?.lineTo(...at(event));
    pen()?.stroke();
  };
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !field.current || !canvas.current) return;
    event.currentTarget.releasePointerCapture(event.pointerId);
    field.current.value = canvas.current.toDataURL("image/png");
    setSigned(true);
  };
  return (
    <fieldset className="choice signature" id={fieldId("signature")} aria-describedby="signature-hint">
      <legend>{words.label}</legend>
      <p className="field-hint" id="signature-hint">
        {error ?? words.hint}
      </p>
      <canvas ref={canvas} width={WIDTH} height={HEIGHT} role="img" aria-label={words.pad} onPointerDown={begin} onPointerMove={draw} onPointerUp={end} onPointerCancel={end} />
      <input type="hidden" name="signature" ref={field} />
      <p role="status">{signed ? words.signed : ""}</p>
      {signed && (
        <Button type="button" onClick={clear}>
          {words.clear}
        </Button>
      )}
    </fieldset>
  );
}
