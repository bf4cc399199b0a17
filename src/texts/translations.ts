/** The translations without their keys, which would cost 2 kB. The build evaluates this module (scripts/evaluateModule.js). */

import { DE } from "./de";
import { TextForms, TEXT_KEYS, Translation } from "./en";
import { ES } from "./es";
import { FR } from "./fr";
import { JA } from "./ja";
import { PT_BR } from "./ptBR";

const inOrder = (translation: Translation): readonly TextForms[] => TEXT_KEYS.map((key) => translation[key]);

/** By language: the texts, in the order of `TEXT_KEYS`. English has its own keys. */
export const TRANSLATIONS: Readonly<Record<string, readonly TextForms[]>> = {
  en: [],
  es: inOrder(ES),
  "pt-BR": inOrder(PT_BR),
  fr: inOrder(FR),
  de: inOrder(DE),
  ja: inOrder(JA),
};
