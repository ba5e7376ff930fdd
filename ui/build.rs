//! Compiles the pages, with their translations inside.

fn main() {
    let configuration = slint_build::CompilerConfiguration::new()
        .with_bundled_translations("lang")
        .with_default_translation_context(slint_build::DefaultTranslationContext::None)
        // Names and roles of elements stay in, so that the tour and the tests find them as a person would.
        .with_debug_info(true);
    if let Err(problem) = slint_build::compile_with_config("kiosk.slint", configuration) {
        println!("cargo::error={problem}");
    }
}
