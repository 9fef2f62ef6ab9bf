"""Données: the dataset in use."""
import streamlit as st
st.title("Données")
