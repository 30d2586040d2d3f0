// The sentences of a vote, reactive: they follow a change of language.

import * as ballots from "../core/ballots";
import * as i18n from "../core/i18n";
import { following } from "./text.svelte";

export const electorateName = following(ballots.electorateName);
export const trustSentence = following(ballots.trustSentence);
export const ruleSentences = following(ballots.ruleSentences);
export const togetherSentences = following(ballots.togetherSentences);
export const outcomeSentence = following(ballots.outcomeSentence);
export const votesSentence = following(ballots.votesSentence);
export const numberText = following(i18n.numberText);
