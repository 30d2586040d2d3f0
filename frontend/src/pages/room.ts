import { startPage } from "../ui/page.svelte";
import Room from "./Room.svelte";

void startPage(Room);
