import { startPage } from "../ui/page.svelte";
import Facilitator from "./Facilitator.svelte";

void startPage(Facilitator);
