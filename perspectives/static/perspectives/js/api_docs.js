/* Shows the OpenAPI document with Swagger UI, which comes from the package drf-spectacular-sidecar. */

const place = document.querySelector("#api_docs");
const isDark = window.matchMedia("(prefers-color-scheme: dark)");

function followScheme() {
  document.documentElement.classList.toggle("dark-mode", isDark.matches);
}

followScheme();
isDark.addEventListener("change", followScheme);

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  docExpansion: "list",
  displayRequestDuration: true,
  supportedSubmitMethods: ["get"],
  validatorUrl: null,
});
