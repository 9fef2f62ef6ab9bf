// Streamlit's own words, in French: labels that a screen reader says, tooltips and menus, wherever they come up.

const WORDS = {
  "Close": "Fermer", "Clear": "Effacer", "Clear all": "Tout effacer", "Clear value": "Effacer", "Open": "Ouvrir", "Search": "Chercher", "Stop": "Arrêter",
  "Fullscreen": "Plein écran", "Close fullscreen": "Quitter le plein écran", "Exit fullscreen": "Quitter le plein écran",
  "Download": "Télécharger", "Download as CSV": "Télécharger en CSV", "Download plot as a PNG": "Télécharger en PNG",
  "Show/hide columns": "Choisir les colonnes", "Copy to clipboard": "Copier", "Copied": "Copié", "Copied!": "Copié",
  "Choose an option": "Choisir", "Choose options": "Choisir", "No results": "Aucun résultat", "No options to select": "Aucun choix", "No options to select.": "Aucun choix",
  "Select all": "Tout choisir", "Sort ascending": "Tri croissant", "Sort descending": "Tri décroissant", "Autosize": "Ajuster la largeur", "Pin column": "Figer la colonne",
  "Unpin column": "Libérer la colonne", "Hide column": "Masquer la colonne", "Format": "Format", "Statistics": "Statistiques", "Automatic": "Automatique",
  "Localized": "Français", "Plain": "Brut", "Compact": "Abrégé", "Percent": "Pourcentage", "Scientific": "Scientifique", "Accounting": "Comptable",
  "Type to search": "Chercher", "Previous result": "Résultat précédent", "Next result": "Résultat suivant", "Close search": "Fermer la recherche",
  "Navigate to home page": "Aller à l'accueil", "Expand sidebar": "Ouvrir le menu", "Collapse sidebar": "Fermer le menu",
  "Page not found": "Page introuvable",
  "The page that you have requested does not seem to exist. Running the app's main page.": "Cette adresse ne mène à aucun écran : voici Vue d'ensemble.",
  "Connecting": "Connexion", "Connection error": "Connexion perdue", "Running...": "Calcul…", "Remove file": "Retirer le fichier", "Back to top": "Haut de page",
  "Add row": "Ajouter une ligne", "Delete row(s)": "Supprimer des lignes", "Skip to main content": "Aller au contenu", "Value is required": "À remplir",
};
const SHAPES = [
  [/^Help for (.*)$/, "Aide\u202f: $1"], [/^(.*) — start$/, "$1, début"], [/^(.*) — end$/, "$1, fin"], [/^Fullscreen: (.*)$/, "Plein écran\u202f: $1"],
  [/^Remove (.*)$/, "Retirer $1"],
  [/^Add: (.*)$/, "Ajouter\u202f: $1"],
];
const LABELS = ["aria-label", "title", "placeholder"];
const SELECTOR = LABELS.map((name) => `[${name}]`).join();
// where Streamlit writes words of its own; the screens' own text is never touched
const OWN_TEXT = "[data-baseweb=tooltip], [data-baseweb=popover], [data-testid=stTooltipContent], [data-testid=stStatusWidget], [data-testid=stElementToolbar], [role=dialog], [role=listbox], [role=menu], [role=tooltip]";

function french(text) {
  if (WORDS[text]) return WORDS[text];
  for (const [shape, words] of SHAPES) if (shape.test(text)) return text.replace(shape, words);
  return null;
}

function label(node) {
  for (const name of LABELS) {
    const said = node.getAttribute(name), words = said && french(said);
    if (words && words !== said) node.setAttribute(name, words);
  }
}

function texts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = french(walker.currentNode.data.trim());
    if (words) walker.currentNode.data = words;
  }
}

function translate(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (node.matches(SELECTOR)) label(node);
  for (const found of node.querySelectorAll(SELECTOR)) label(found);
  const own = node.closest(OWN_TEXT);
  if (own) texts(node);
  else for (const found of node.querySelectorAll(OWN_TEXT)) texts(found);
}

document.documentElement.lang = "fr";
if (!window.frenchWords) {
  window.frenchWords = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") label(change.target);
      else for (const node of change.addedNodes) translate(node);
    }
  });
  window.frenchWords.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: LABELS });
  translate(document.body);
}
