import { textOfBytes } from "../../match/bytes.ts";
import { matchesText } from "../../match/matches.ts";
import type { Piece, Text } from "../../model/rule.ts";
import { everything } from "../partition/expression.ts";
import { characters, loop, one, sequence } from "../partition/regular.ts";
import { atom, isExactly } from "./atoms.ts";
import { and, type Formula, not, or, substitute } from "./formula.ts";
import { eitherShape } from "./shapes.ts";
import { issuedBy } from "./tokens.ts";

/** That a header which repeats a claim matches one of some patterns: the header has the bytes of its characters, and an empty claim is not written. */
export function claimWritten(claim: string, field: string, texts: readonly Text[]): Formula {
  const is = atom(claim, eitherShape(field, texts.map(ofCharacters)));
  return texts.some((text) => matchesText(text, "")) ? and(is, not(isEmpty(claim))) : is;
}

/** That no header repeats a claim. */
export function claimUnwritten(claim: string): Formula {
  return or({ kind: "absent", attribute: claim }, isEmpty(claim));
}

/** That the subjects of some issuers, which rules write to headers, hold no control character: such a request ends with 503, whatever policies say. */
export function subjectsWithoutControl(issuers: readonly string[], mark: string): Formula {
  const broken = issuers.map((issuer) => and(issuedBy(issuer), withControl));
  return not(
    substitute(or(...broken), (looked) => ({ ...looked, attribute: looked.attribute + mark })),
  );
}

const control = characters((code) => (code < 0x20 && code !== 0x09) || code === 0x7f);

const withControl: Formula = {
  kind: "atom",
  attribute: "claim sub",
  shape: {
    key: "with a control character",
    shown: "*control*",
    expression: sequence(loop(everything), one(control), loop(everything)),
    samples: [],
    head: "",
  },
};

function isEmpty(claim: string): Formula {
  return isExactly(claim, "", "");
}

/** A pattern of bytes as one of characters. */
function ofCharacters(text: Text): Text {
  switch (text.kind) {
    case "exact":
    case "prefix":
    case "suffix":
      return { ...text, text: textOfBytes(text.text) };
    case "sequence":
      return { ...text, pieces: text.pieces.map(pieceOfCharacters) };
    default:
      return text;
  }
}

function pieceOfCharacters(piece: Piece): Piece {
  return typeof piece === "string" ? textOfBytes(piece) : piece;
}
