import type { ReactNode } from "react";
import { FILE_LIMITS, fileTypes } from "#app/domain/files.ts";
import { fileWords as words } from "#app/i18n/zh-CN/files.ts";
import { Field, fieldId } from "./field.tsx";

export interface FileFieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Photos alone, or PDF too. Where HEIC is not named, phones hand over a JPEG. */
  takes: "photos" | "photos-and-pdf";
  /** How many files it takes. */
  most: number;
  required?: boolean;
  optional?: boolean;
  /** Tells the forms of a page apart where several take files. */
  within?: string;
  /** On a phone a first way in leads straight to the camera. */
  camera?: boolean;
}

const accepted = {
  photos: fileTypes.filter((type) => type !== "application/pdf").join(),
  "photos-and-pdf": fileTypes.join(),
};

/** Photos or documents to send; in a form of `encType="multipart/form-data"`. Chosen files are to be chosen again after a refusal. */
export function FileField({ name, label, hint, error, takes, most, required, optional, camera, within }: FileFieldProps) {
  const accept = accepted[takes];
  return (
    <>
      {camera && (
        <div className="field field-camera">
          <label htmlFor={`${fieldId(name, within)}-camera`}>{words.camera(label)}</label>
          <input type="file" name={name} id={`${fieldId(name, within)}-camera`} accept={accepted.photos} capture="environment" />
        </div>
      )}
      <Field
        type="file"
        name={name}
        label={label}
        hint={
          <>
            {hint}
            {words.limits[takes](most, FILE_LIMITS.bytes / 1024 / 1024)}
          </>
        }
        {...(error && { error })}
        {...(within && { within })}
        {...(optional && { optional })}
        inputProps={{ accept, multiple: most > 1, required: required && !camera }}
      />
    </>
  );
}
