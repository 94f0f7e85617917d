declare module "*.css" {
  const text: string;
  export default text;
}

/** Name and digest of the panel's file; the build writes them into the loader. */
declare const PANEL_FILE: string;
declare const PANEL_INTEGRITY: string;

/** Files of the languages beside English, by code: name and digest. The build writes them into the panel. */
declare const LANGUAGES: Readonly<Record<string, readonly [file: string, integrity: string]>>;
