import { startPage } from "../ui/page.svelte";
import Plenary from "./Plenary.svelte";

void startPage(Plenary);
