"""Static files: hashed once. What Vite built under `app/` already carries its hash."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Django's manifest storage that leaves names under `app/` unchanged and tolerates a missing manifest."""

    manifest_strict = False
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The name under which a file is served; its own name until `hemicycle release` has collected the files."""
        if name.startswith("app/"):
            return name
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file."""
        if name and (name.startswith("app/") or not self.hashed_files):
            return f"{self.base_url}{name}"
        return str(super().url(name, force))

    def post_process(self, paths: dict[str, Any], **options: Any) -> Any:
        """Hash everything but what Vite built; compress that as well."""
        own = {name: item for name, item in paths.items() if not name.startswith("app/")}
        yield from super().post_process(own, **options)
        if not options.get("dry_run"):
            for name, compressed in self.compress_files([name for name in paths if name.startswith("app/")]):
                yield name, compressed, True
