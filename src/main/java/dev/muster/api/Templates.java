package dev.muster.api;

import java.util.List;

/// `GET /api/v1/templates`.
///
/// @param folder where their files are
/// @param templates by name
/// @param problems files there that are no templates
public record Templates(String folder, List<Template> templates, List<TemplateProblem> problems) {

    /// @param detail a sentence that says what is wrong, and where
    public record TemplateProblem(String file, String detail) {}
}
